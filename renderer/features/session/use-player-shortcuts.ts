import type { Signal } from '../../../shared/model/signal.ts';
import { useServices } from '../../api/services.tsx';
import { useShortcuts } from '../../state/use-shortcuts.ts';
import { type Player, SPEEDS } from './player.ts';
import { lastAt } from './signal-time.ts';

/** The keys of the session on the screen. */
export function usePlayerShortcuts(
  player: Player,
  signals: readonly Signal[],
  startedAt: number,
  durationMs: number,
  active: boolean,
): void {
  const { store } = useServices();
  const by = (stepMs: number): void => player.seek(player.get().atMs + stepMs);
  const toSignal = (index: number): void => {
    const signal = signals[index];
    if (signal) player.seek(signal.at - startedAt);
  };
  const now = (): number => startedAt + player.get().atMs;
  useShortcuts(
    'session',
    {
      playPause: () => (player.get().playing ? player.pause() : player.play()),
      faster: () => {
        const { playing, speed } = player.get();
        if (!playing) return player.play();
        player.setSpeed(SPEEDS.find((value) => value > speed) ?? speed);
      },
      back: () => by(-5000),
      stepBack: () => by(-1000),
      stepForward: () => by(1000),
      // A quarter of a second of grace: while it plays, the event just passed is not "the previous one".
      previousEvent: () => toSignal(lastAt(signals, now() - (player.get().playing ? 250 : 1))),
      nextEvent: () => toSignal(lastAt(signals, now()) + 1),
      toStart: () => player.seek(0),
      toEnd: () => player.seek(durationMs),
      skipInactivity: () => player.setSkipInactivity(!player.get().skipInactivity),
      fit: () => store.getState().set({ fit: !store.getState().fit }),
    },
    active,
  );
}
