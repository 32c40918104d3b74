import { useEffect } from 'react';
import type { Following } from '../../../shared/ipc/live-calls.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import { useCall, useEngineState, useServices, useWorkbench } from '../../api/services.tsx';
import type { Player } from './player.ts';

const OFF: Following = { state: 'off', reason: null };

/**
 * Has a session followed while it is on the screen, if it is running, and tells the player so. A session that was opened from the
 * list of those online goes to the live edge by itself.
 */
export function useLiveSession(row: SessionRow, player: Player, visible: boolean): Following {
  const { engine, store } = useServices();
  const { key } = row;
  const isSynced = row.source.startsWith('server:');
  const isReady = useEngineState().kind === 'ready';
  const following = useCall('live.session', { key }).data ?? OFF;
  const wanted = useWorkbench((state) => state.toLive.includes(key));
  useEffect(() => {
    if (!visible || !isSynced || !isReady) return;
    const gone = new AbortController();
    // Why it is not followed stands in `following`; a server that cannot be asked is no reason to bother who looks at the past.
    engine.call('live.follow', { key }, gone.signal).catch(() => undefined);
    return () => gone.abort();
  }, [engine, key, visible, isSynced, isReady]);
  const running = following.state === 'following' || following.state === 'offline';
  useEffect(() => {
    player.setRunning(running);
    if (!running && player.get().following) player.follow(false);
    if (!running || !wanted) return;
    player.follow(true);
    store.getState().set({ toLive: store.getState().toLive.filter((other) => other !== key) });
  }, [player, running, wanted, store, key]);
  return following;
}
