import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Frustration } from '../../../shared/model/finding.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Note } from '../../../shared/model/marks.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import { useCall, useServices, useWorkbench } from '../../api/services.tsx';
import { FRESH_SESSION } from '../../state/workbench-store.ts';
import { usePanel } from '../../ui/dock/panel-context.ts';
import { FailureLine } from '../../ui/failure-line.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import type { ChainStep } from './chain-layout.ts';
import { EvidencePanel } from './evidence-panel.tsx';
import { FIND_ID, FindBar } from './find/find-bar.tsx';
import { useLoop } from './loop.ts';
import { PaneHost } from './panes/pane-host.tsx';
import { createPlayer } from './player.ts';
import { PlayerControls } from './player-controls.tsx';
import { SessionHeader } from './session-header.tsx';
import { type SessionModel, SessionProvider } from './session-model.ts';
import { Stage } from './stage.tsx';
import { lanesOf } from './timeline/lanes.ts';
import { Timeline } from './timeline/timeline.tsx';
import { createTimelineModel } from './timeline/timeline-model.ts';
import { useFullScreen } from './use-full-screen.ts';
import { useLiveSession } from './use-live-session.ts';
import { usePlayer } from './use-player.ts';
import { usePlayerShortcuts } from './use-player-shortcuts.ts';
import './session.css';
import './evidence.css';

/** After a change of the playhead it takes at most this long until a crash no longer loses it, ms. */
const REMEMBERED_WITHIN_MS = 1000;

const NO_SIGNALS: readonly Signal[] = [];
const NO_NOTES: readonly Note[] = [];
const NO_FRUSTRATIONS: readonly Frustration[] = [];

/** Player and timeline of a tab: they start where the tab was left, what is done is remembered, and it stops when nobody can see it. */
function useRememberedSession(row: SessionRow, visible: boolean): SessionModel {
  const { store } = useServices();
  const { key: sessionKey } = row;
  const [model] = useState((): SessionModel => {
    const memory = store.getState().sessions[sessionKey] ?? FRESH_SESSION;
    const timeline = createTimelineModel(row.durationMs, memory.range);
    return { key: sessionKey, startedAt: row.startedAt, player: createPlayer(memory), timeline };
  });
  const { player, timeline } = model;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remember = (): void => {
      clearTimeout(timer);
      timer = undefined;
      const { atMs, speed, skipInactivity } = player.get();
      const { range } = timeline.get();
      store.getState().rememberSession(sessionKey, { atMs, speed, skipInactivity, range });
    };
    const stop = player.subscribe(() => {
      const { durationMs } = player.get();
      if (durationMs !== null) timeline.setDuration(durationMs);
      timer ??= setTimeout(remember, REMEMBERED_WITHIN_MS);
    });
    window.addEventListener('pagehide', remember);
    return () => {
      stop();
      window.removeEventListener('pagehide', remember);
      remember();
    };
  }, [player, timeline, sessionKey, store]);
  useEffect(() => {
    if (!visible && !player.get().following) player.pause();
  }, [player, visible]);
  return model;
}

/** One session: the replay, its time line and events, and the evidence. The playhead drives them all. */
export function SessionView({ sessionKey }: { sessionKey: SessionKey }) {
  const row = useCall('sessions.get', { key: sessionKey });
  const close = useWorkbench((state) => state.closeTabs);
  if (row.data && !row.gone) return <OpenSession row={row.data} />;
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

function OpenSession({ row }: { row: SessionRow }) {
  const { visible, active } = usePanel();
  const session = useRememberedSession(row, visible);
  const { player } = session;
  const live = useLiveSession(row, player, visible);
  const signals = useCall('recording.signals', { key: row.key });
  const diagnosis = useCall('recording.diagnosis', { key: row.key });
  const evidenceWidth = useWorkbench((state) => state.evidenceWidth);
  const eventsHeight = useWorkbench((state) => state.eventsHeight);
  const set = useWorkbench((state) => state.set);
  const [chosen, setChosen] = useState<ChainStep | null>(null);
  const durationMs = usePlayer(player, (state) => state.durationMs) ?? row.durationMs;
  const facts = signals.data ?? NO_SIGNALS;
  const [finding, setFinding] = useState(false);
  const main = useRef<HTMLDivElement>(null);
  const openFind = useCallback(() => {
    setFinding(true);
    main.current?.querySelector<HTMLInputElement>(`#${FIND_ID}`)?.select();
  }, []);
  const fullScreen = useFullScreen(main);
  usePlayerShortcuts(session, facts, durationMs, active, { find: openFind, fullScreen: fullScreen.toggle });
  useLoop(session);

  const frustrations = diagnosis.data?.frustrations ?? NO_FRUSTRATIONS;
  const notes = useCall('notes.list', { key: row.key }).data ?? NO_NOTES;
  const lanes = useMemo(
    () => lanesOf({ startedAt: row.startedAt, signals: facts, frustrations, notes }),
    [row.startedAt, facts, frustrations, notes],
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
  const goToSignal = useCallback(
    (signal: Signal) => {
      player.seek(signal.at - row.startedAt);
      player.highlight(signal.element && signal.element.node >= 0 ? signal.element.node : null);
    },
    [player, row.startedAt],
  );
  const marked = useMemo(() => new Set(chosen?.signals), [chosen]);

  return (
    <SessionProvider value={session}>
      <div
        className="session"
        style={{ gridTemplateColumns: `minmax(320px, 1fr) auto minmax(240px, ${evidenceWidth}px)` }}
      >
        <SessionHeader row={row} player={player} />
        <div
          ref={main}
          className="session-main"
          style={{ gridTemplateRows: `auto minmax(80px, 1fr) auto auto auto minmax(96px, ${eventsHeight}px)` }}
        >
          <div>{finding && <FindBar signals={facts} notes={notes} onClose={() => setFinding(false)} />}</div>
          <Stage sessionKey={row.key} player={player} />
          <PlayerControls
            session={session}
            live={live}
            durationMs={durationMs}
            fullScreen={fullScreen}
            onFind={openFind}
          />
          <Timeline player={player} model={session.timeline} lanes={lanes} />
          <Splitter
            label="Height of the panes"
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
          {signals.error === null && <PaneHost signals={facts} marked={marked} />}
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
          onSignal={goToSignal}
        />
      </div>
    </SessionProvider>
  );
}
