import { useCallback, useEffect, useRef, useState } from 'react';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { useEngineState, useWorkbench } from '../../api/services.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';
import type { Player } from './player.ts';
import { ReplayFrame } from './replay-frame.tsx';
import { usePlayer } from './use-player.ts';

/** Scale at which a page of `page` fits into `room` with a little air around it. */
export const fitScale = (page: { width: number; height: number }, room: { width: number; height: number }): number =>
  page.width <= 0 || page.height <= 0
    ? 1
    : Math.max(0.05, Math.min(room.width / page.width, room.height / page.height));

/** Air around the page, px on each side. */
const AIR = 8;

/** The replay, fitted or at its real size. A click plays or pauses. */
export function Stage({ sessionKey, player }: { sessionKey: SessionKey; player: Player }) {
  const stage = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  const [attempt, setAttempt] = useState(0);
  const [portFailure, setPortFailure] = useState<string | null>(null);
  const fit = useWorkbench((state) => state.fit);
  const viewport = usePlayer(player, (state) => state.viewport);
  const opened = usePlayer(player, (state) => state.durationMs !== null);
  const failure = usePlayer(player, (state) => state.failure) ?? portFailure;
  const engine = useEngineState().kind;
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setRoom({ width: element.clientWidth - 2 * AIR, height: element.clientHeight - 2 * AIR }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const retry = useCallback(() => {
    setPortFailure(null);
    setAttempt((count) => count + 1);
  }, []);
  // A recording that was still being read when the engine died is read again from the new one.
  const wasLost = useRef(false);
  useEffect(() => {
    if (engine !== 'ready') wasLost.current = true;
    else if (wasLost.current) {
      wasLost.current = false;
      // One that is running would not grow any more.
      if (player.get().durationMs === null || player.get().running) retry();
    }
  }, [engine, player, retry]);

  const page = viewport ?? { width: Math.max(320, room.width), height: Math.max(180, room.height) };
  const scale = fit ? fitScale(page, room) : 1;
  const toggle = (): void => (player.get().playing ? player.pause() : player.play());
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard's way is Space, or the play button
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div ref={stage} className={fit ? 'stage' : 'stage stage-full-size'} onClick={opened ? toggle : undefined}>
      {failure !== null && (
        <div className="stage-message">
          <FailureLine what="This recording cannot be replayed." why={failure} onRetry={retry} />
        </div>
      )}
      {!opened && failure === null && <p className="stage-message stage-opening">Opening the recording…</p>}
      <div
        className={opened && failure === null ? 'page' : 'page page-waiting'}
        style={{ width: page.width * scale, height: page.height * scale }}
      >
        <div className="page-scaled" style={{ width: page.width, height: page.height, transform: `scale(${scale})` }}>
          <ReplayFrame key={attempt} sessionKey={sessionKey} player={player} onFailure={setPortFailure} />
        </div>
      </div>
    </div>
  );
}
