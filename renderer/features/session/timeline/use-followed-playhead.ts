import { useEffect } from 'react';
import type { Player } from '../player.ts';
import { isInView } from './scale.ts';
import type { TimelineModel } from './timeline-model.ts';

/**
 * Calls `moved` at every move of the playhead, and keeps it in the view: it is followed when it leaves while playing, and
 * found when it jumps. Somebody who looked away while it plays is left alone.
 */
export function useFollowedPlayhead(player: Player, model: TimelineModel, moved: () => void): void {
  useEffect(() => {
    let last = player.get().atMs;
    const follow = (): void => {
      const { atMs, playing } = player.get();
      if (atMs !== last) {
        const wasInView = isInView(model.get().view, last);
        last = atMs;
        if (wasInView || !playing) model.reveal(atMs);
      }
      moved();
    };
    follow();
    return player.subscribe(follow);
  }, [player, model, moved]);
}
