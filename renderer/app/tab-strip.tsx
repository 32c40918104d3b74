import { Library, SquarePlay, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { SessionKey } from '../../shared/model/identity.ts';
import { useCall, useWorkbench } from '../api/services.tsx';
import { readAddress } from '../features/library/place.ts';
import type { TabId } from '../state/tabs.ts';
import { classNames } from '../ui/class-names.ts';

/** Id of the panel that belongs to a tab. */
export const panelId = (tab: TabId): string => `panel-${tab}`;

/** Id of a tab. */
export const tabElementId = (tab: TabId): string => `tab-${tab}`;

function SessionTab({
  sessionKey,
  active,
  onFocusMove,
}: {
  sessionKey: SessionKey;
  active: boolean;
  onFocusMove: (event: KeyboardEvent) => void;
}) {
  const { data: row } = useCall('sessions.get', { key: sessionKey });
  const activate = useWorkbench((state) => state.activate);
  const close = useWorkbench((state) => state.closeSessions);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) ref.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);
  const title = row ? `${row.user ?? 'anonymous'} · ${readAddress(row.entryUrl).path}` : 'Session';
  return (
    <div ref={ref} role="presentation" className={classNames('tab', active && 'tab-active')}>
      <button
        type="button"
        role="tab"
        id={tabElementId(sessionKey)}
        aria-controls={panelId(sessionKey)}
        aria-selected={active}
        tabIndex={active ? 0 : -1}
        className="tab-title"
        title={row ? `${row.entryUrl}\n${row.sessionId}` : undefined}
        onClick={() => activate(sessionKey)}
        onAuxClick={(event) => event.button === 1 && close([sessionKey])}
        onKeyDown={(event) => (event.key === 'Delete' ? close([sessionKey]) : onFocusMove(event))}
      >
        <SquarePlay size={14} aria-hidden />
        <span className="truncate">{title}</span>
      </button>
      <button
        type="button"
        tabIndex={-1}
        className="tab-close"
        aria-label={`Close ${title}`}
        title="Close"
        onClick={() => close([sessionKey])}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}

/** The library and every open session. Arrow keys go from tab to tab, Delete closes. */
export function TabStrip() {
  const open = useWorkbench((state) => state.open);
  const active = useWorkbench((state) => state.active);
  const activate = useWorkbench((state) => state.activate);
  const move = useWorkbench((state) => state.activateNeighbour);
  const strip = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) document.getElementById(tabElementId(active))?.focus();
    moved.current = false;
  }, [active]);
  const onFocusMove = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    moved.current = true;
    move(step);
  };
  return (
    <div className="tabs" role="tablist" aria-label="Open tabs" ref={strip}>
      <div role="presentation" className={classNames('tab', 'tab-fixed', active === 'library' && 'tab-active')}>
        <button
          type="button"
          role="tab"
          id={tabElementId('library')}
          aria-controls={panelId('library')}
          aria-selected={active === 'library'}
          tabIndex={active === 'library' ? 0 : -1}
          className="tab-title"
          onClick={() => activate('library')}
          onKeyDown={onFocusMove}
        >
          <Library size={14} aria-hidden />
          Library
        </button>
      </div>
      {open.map((key) => (
        <SessionTab key={key} sessionKey={key} active={key === active} onFocusMove={onFocusMove} />
      ))}
    </div>
  );
}
