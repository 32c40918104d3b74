import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Frustration } from '../../../shared/model/finding.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import { useCall, useServices, useWorkbench } from '../../api/services.tsx';
import { FRESH_SESSION } from '../../state/workbench-store.ts';
import { FailureLine } from '../../ui/failure-line.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import type { ChainStep } from './chain-layout.ts';
import { EventsList } from './events-list.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { createPlayer, type Player } from './player.ts';
import { PlayerControls } from './player-controls.tsx';
import { Scrubber } from './scrubber.tsx';
import { SessionHeader } from './session-header.tsx';
import { meaningOf } from './signal-time.ts';
import { Stage } from './stage.tsx';
import { usePlayer } from './use-player.ts';
import { usePlayerShortcuts } from './use-player-shortcuts.ts';
import './session.css';
import './evidence.css';

const NO_SIGNALS: readonly Signal[] = [];

/** The player of a tab: it starts where the tab was left, and what it does is remembered when it stops or goes. */
function useRememberedPlayer(sessionKey: SessionKey, active: boolean): Player {
  const { store } = useServices();
  const [player] = useState(() => createPlayer(store.getState().sessions[sessionKey] ?? FRESH_SESSION));
  useEffect(() => {
    const remember = (): void => {
      const { open, rememberSession } = store.getState();
      const { atMs, speed, skipInactivity } = player.get();
      if (open.includes(sessionKey)) rememberSession(sessionKey, { atMs, speed, skipInactivity });
    };
    let wasPlaying = false;
    const stop = player.subscribe(() => {
      const { playing } = player.get();
      if (wasPlaying && !playing) remember();
      wasPlaying = playing;
    });
    window.addEventListener('pagehide', remember);
    return () => {
      stop();
      window.removeEventListener('pagehide', remember);
      remember();
    };
  }, [player, sessionKey, store]);
  useEffect(() => {
    if (!active) player.pause();
  }, [player, active]);
  return player;
}

/** One session: the replay, its time line and events, and the evidence. The playhead drives them all. */
export function SessionView({ sessionKey, active }: { sessionKey: SessionKey; active: boolean }) {
  const row = useCall('sessions.get', { key: sessionKey });
  const close = useWorkbench((state) => state.closeSessions);
  if (row.data && !row.gone) return <OpenSession row={row.data} active={active} />;
  if (row.error === null) return <div className="session-loading" aria-busy="true" />;
  return (
    <div className="session-missing">
      <FailureLine what="This session cannot be shown." why={row.error} onRetry={row.retry} />
      <button type="button" className="button button-plain" onClick={() => close([sessionKey])}>
        Close the tab
      </button>
    </div>
  );
}

function OpenSession({ row, active }: { row: SessionRow; active: boolean }) {
  const player = useRememberedPlayer(row.key, active);
  const signals = useCall('recording.signals', { key: row.key });
  const diagnosis = useCall('recording.diagnosis', { key: row.key });
  const evidenceWidth = useWorkbench((state) => state.evidenceWidth);
  const eventsHeight = useWorkbench((state) => state.eventsHeight);
  const set = useWorkbench((state) => state.set);
  const [chosen, setChosen] = useState<ChainStep | null>(null);
  const durationMs = usePlayer(player, (state) => state.durationMs) ?? row.durationMs;
  const facts = signals.data ?? NO_SIGNALS;
  usePlayerShortcuts(player, facts, row.startedAt, durationMs, active);

  const frustrations = diagnosis.data?.frustrations;
  const moments = useMemo(
    () => [
      ...facts.flatMap((signal) => {
        const meaning = meaningOf(signal);
        return meaning ? [{ atMs: signal.at - row.startedAt, meaning }] : [];
      }),
      ...(frustrations ?? []).map(({ at }) => ({ atMs: at - row.startedAt, meaning: 'frustration' as const })),
    ],
    [facts, frustrations, row.startedAt],
  );
  const choose = useCallback(
    (step: ChainStep) => {
      setChosen(step);
      player.seek(step.atMs);
      player.highlight(step.node);
    },
    [player],
  );
  const goTo = useCallback(
    (frustration: Frustration) => {
      player.seek(frustration.at - row.startedAt);
      player.highlight(frustration.node ?? null);
    },
    [player, row.startedAt],
  );
  const marked = useMemo(() => new Set(chosen?.signals), [chosen]);

  return (
    <div
      className="session"
      style={{ gridTemplateColumns: `minmax(320px, 1fr) auto minmax(240px, ${evidenceWidth}px)` }}
    >
      <SessionHeader row={row} player={player} />
      <div
        className="session-main"
        style={{ gridTemplateRows: `minmax(80px, 1fr) auto auto auto minmax(96px, ${eventsHeight}px)` }}
      >
        <Stage sessionKey={row.key} player={player} />
        <Scrubber player={player} durationMs={durationMs} moments={moments} />
        <PlayerControls player={player} durationMs={durationMs} />
        <Splitter
          label="Height of the events"
          axis="y"
          size={eventsHeight}
          min={96}
          max={900}
          initial={200}
          onSize={(next) => set({ eventsHeight: next })}
        />
        {signals.error !== null && (
          <FailureLine what="The events could not be read." why={signals.error} onRetry={signals.retry} />
        )}
        {signals.data && (
          <EventsList sessionKey={row.key} startedAt={row.startedAt} signals={facts} player={player} marked={marked} />
        )}
      </div>
      <Splitter
        label="Width of the evidence"
        axis="x"
        size={evidenceWidth}
        min={240}
        max={900}
        initial={380}
        onSize={(next) => set({ evidenceWidth: next })}
      />
      <EvidencePanel
        diagnosis={diagnosis.data}
        error={diagnosis.error}
        onRetry={diagnosis.retry}
        row={row}
        signals={facts}
        chosen={chosen?.id ?? null}
        onChoose={choose}
        onFrustration={goTo}
      />
    </div>
  );
}
