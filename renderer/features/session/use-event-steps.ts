import { useCallback, useRef } from 'react';
import { useAttempt, useServices } from '../../api/services.tsx';
import type { SessionModel } from './session-model.ts';
import { SAME_MOMENT_MS } from './signal-time.ts';

/** Goes to the recorded event before (-1) or after (1) the playhead: the finest step there is, one frame of the recording. */
export function useEventSteps({ key, player }: SessionModel): (direction: 1 | -1) => void {
  const { engine } = useServices();
  const attempt = useAttempt();
  // One step starts where the one before has come to: of two quick presses none is lost.
  const before = useRef<Promise<void>>(Promise.resolve());
  return useCallback(
    (direction) => {
      player.pause();
      const step = async (): Promise<void> => {
        const { atMs } = player.get();
        const { index } = await engine.call('recording.eventAt', { key, atMs: atMs + direction * SAME_MOMENT_MS });
        const offset = direction > 0 ? index + 1 : index;
        if (offset < 0) return;
        const { rows } = await engine.call('recording.events', { key, offset, limit: 1 });
        // Whoever went elsewhere meanwhile stays there.
        if (rows[0] && player.get().atMs === atMs) player.seek(rows[0].atMs);
      };
      before.current = before.current.then(() => attempt('The next recorded event could not be found.', step));
    },
    [engine, attempt, key, player],
  );
}
