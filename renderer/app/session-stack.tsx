import { useEffect, useState } from 'react';
import type { SessionKey } from '../../shared/model/identity.ts';
import { useWorkbench } from '../api/services.tsx';
import { SessionView } from '../features/session/session-view.tsx';
import { panelId, tabElementId } from './tab-strip.tsx';

/** Sessions whose replay stays loaded behind the active tab; each is a process of its own, so not all of them can. */
const KEPT_LOADED = 3;

/**
 * The open sessions that were looked at last. Those that drop out come back where their tab was left. The order in the
 * document never changes, because a frame that is moved there loads anew.
 */
export function SessionStack() {
  const open = useWorkbench((state) => state.open);
  const active = useWorkbench((state) => state.active);
  const [recent, setRecent] = useState<readonly SessionKey[]>([]);
  useEffect(() => {
    if (active === 'library') return;
    setRecent((before) => [active, ...before.filter((key) => key !== active)].slice(0, KEPT_LOADED));
  }, [active]);
  const loaded = open.filter((key) => key === active || recent.includes(key)).sort();
  return loaded.map((key) => (
    <div
      key={key}
      role="tabpanel"
      id={panelId(key)}
      aria-labelledby={tabElementId(key)}
      className="panel"
      hidden={key !== active}
    >
      <SessionView sessionKey={key} active={key === active} />
    </div>
  ));
}
