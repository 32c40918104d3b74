import { useEffect } from 'react';
import type { SessionModel } from './session-model.ts';
import type { TimeRange } from './timeline/timeline-model.ts';

/**
 * Where a loop has to jump to, ms; null while it may go on. It goes round the range, or round the session where none is
 * chosen; `ended` says that the replay has come to its end and stopped.
 */
export function loopTarget(range: TimeRange | null, atMs: number, playing: boolean, ended: boolean): number | null {
  if (ended) return range?.fromMs ?? 0;
  if (!playing || range === null) return null;
  return atMs < range.fromMs || atMs >= range.toMs ? range.fromMs : null;
}

/** Keeps the replay going round while the player loops. */
export function useLoop({ player, timeline }: SessionModel): void {
  useEffect(() => {
    let wasPlaying = false;
    return player.subscribe(() => {
      const { atMs, playing, loop, durationMs } = player.get();
      const ended = wasPlaying && !playing && durationMs !== null && atMs >= durationMs;
      wasPlaying = playing;
      const target = loop ? loopTarget(timeline.get().range, atMs, playing, ended) : null;
      if (target === null || target === atMs) return;
      player.seek(target);
      if (ended) player.play();
    });
  }, [player, timeline]);
}
