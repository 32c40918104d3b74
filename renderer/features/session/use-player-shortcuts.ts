import { useEffect, useState } from 'react';
import type { Signal } from '../../../shared/model/signal.ts';
import { useServices } from '../../api/services.tsx';
import { useCommands } from '../../api/use-commands.ts';
import type { SessionModel } from './session-model.ts';
import { createShuttle } from './shuttle.ts';
import { lastAt } from './signal-time.ts';
import { ZOOM_STEP, zoomAtPlayhead } from './timeline/lane-names.tsx';
import { spanOf } from './timeline/scale.ts';
import { useEventSteps } from './use-event-steps.ts';

/** The part of the timeline one press pans. */
const PAN_SHARE = 0.25;

/** The keys of the session on the screen. */
export function usePlayerShortcuts(
  session: SessionModel,
  signals: readonly Signal[],
  durationMs: number,
  active: boolean,
  open: { readonly find: () => void; readonly fullScreen: () => void },
): void {
  const { player, timeline, startedAt } = session;
  const { store } = useServices();
  const stepEvent = useEventSteps(session);
  const [shuttle] = useState(() =>
    createShuttle(player, (stepMs, run) => {
      const timer = setInterval(run, stepMs);
      return () => clearInterval(timer);
    }),
  );
  useEffect(() => (active ? () => shuttle.stop() : undefined), [active, shuttle]);
  const by = (stepMs: number): void => player.seek(player.get().atMs + stepMs);
  const toSignal = (index: number): void => {
    const signal = signals[index];
    if (signal) player.seek(signal.at - startedAt);
  };
  const pan = (share: number): void => timeline.pan(share * spanOf(timeline.get().view));
  const now = (): number => startedAt + player.get().atMs;
  useCommands(
    'session',
    {
      playPause: () => shuttle.toggle(),
      faster: () => shuttle.forward(),
      back: () => shuttle.back(),
      fullScreen: open.fullScreen,
      loop: () => player.setLoop(!player.get().loop),
      previousStep: () => stepEvent(-1),
      nextStep: () => stepEvent(1),
      stepBack: () => by(-1000),
      stepForward: () => by(1000),
      // A quarter of a second of grace: while it plays, the event just passed is not "the previous one".
      previousEvent: () => toSignal(lastAt(signals, now() - (player.get().playing ? 250 : 1))),
      nextEvent: () => toSignal(lastAt(signals, now()) + 1),
      toStart: () => player.seek(0),
      toEnd: () => player.seek(durationMs),
      followLive: () => player.get().running && player.follow(!player.get().following),
      skipInactivity: () => player.setSkipInactivity(!player.get().skipInactivity),
      zoomIn: () => zoomAtPlayhead(timeline, player, 1 / ZOOM_STEP),
      zoomOut: () => zoomAtPlayhead(timeline, player, ZOOM_STEP),
      zoomAll: () => timeline.showAll(),
      panBack: () => pan(-PAN_SHARE),
      panForward: () => pan(PAN_SHARE),
      rangeStart: () => {
        const { range, durationMs: end } = timeline.get();
        const fromMs = player.get().atMs;
        timeline.select({ fromMs, toMs: range && range.toMs > fromMs ? range.toMs : end });
      },
      rangeEnd: () => {
        const { range } = timeline.get();
        const toMs = player.get().atMs;
        timeline.select({ fromMs: range && range.fromMs < toMs ? range.fromMs : 0, toMs });
      },
      clearRange: () => timeline.select(null),
      fit: () => store.getState().set({ fit: !store.getState().fit }),
    },
    active,
  );
  // In a session the window's search is a search in it.
  useCommands('window', { search: open.find }, active);
}
