import { SquarePlay } from 'lucide-react';
import type { SessionKey } from '../../shared/model/identity.ts';
import { useCall } from '../api/services.tsx';
import { readAddress } from '../features/library/place.ts';
import { DockTab } from '../ui/dock/dock-tab.tsx';

/** The tab of a session: who it was, and where. */
export function SessionTab({ sessionKey }: { sessionKey: SessionKey }) {
  const { data: row } = useCall('sessions.get', { key: sessionKey });
  return (
    <DockTab
      id={sessionKey}
      icon={SquarePlay}
      title={row ? `${row.user ?? 'anonymous'} · ${readAddress(row.entryUrl).path}` : 'Session'}
      hint={row ? `${row.entryUrl}\n${row.sessionId}` : undefined}
    />
  );
}
