import { useEffect, useState } from 'react';
import type { Player } from '../player.ts';

/** While the playhead moves, what follows it by asking the engine asks this often, ms. */
const STEP_MS = 150;

/** The playhead for what is too dear to follow every frame: at once after a pause, else a few times a second. */
export function useSettledPlayhead(player: Player): number {
  const [atMs, setAtMs] = useState(() => player.get().atMs);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const settle = (): void => {
      timer = null;
      setAtMs(player.get().atMs);
    };
    const stop = player.subscribe(() => {
      timer ??= setTimeout(settle, STEP_MS);
    });
    settle();
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [player]);
  return atMs;
}
