import { type Player, SPEEDS } from './player.ts';

/** How often the playhead is moved while it runs backwards, ms: each move is a seek, which costs more than playing. */
const STEP_MS = 100;

/** A playhead that is this far from where it was put was moved by somebody else, ms. */
const MOVED_MS = 1;

/** The J-K-L keys of an editing desk: each press of J or L goes faster in its direction, K stops. */
export interface Shuttle {
  back(): void;
  forward(): void;
  /** Stops, in whichever direction it goes; plays where it stands. */
  toggle(): void;
  stop(): void;
}

const faster = (speed: number): number => SPEEDS.find((value) => value > speed) ?? speed;

/**
 * @param every calls back every `STEP_MS` until it is stopped. The frame plays forwards only, so backwards is a row of
 * seeks; it ends at the start, and as soon as anybody plays or seeks.
 */
export function createShuttle(player: Player, every: (stepMs: number, run: () => void) => () => void): Shuttle {
  let running: { speed: number; readonly end: () => void } | null = null;
  let put = 0;
  const end = (): void => {
    running?.end();
    running = null;
  };
  const step = (): void => {
    const { atMs, playing } = player.get();
    if (!running || playing || atMs <= 0 || Math.abs(atMs - put) > MOVED_MS) {
      end();
      return;
    }
    player.seek(atMs - STEP_MS * running.speed);
    put = player.get().atMs;
  };
  return {
    back: () => {
      if (running) {
        running.speed = faster(running.speed);
        return;
      }
      player.pause();
      put = player.get().atMs;
      running = { speed: 1, end: every(STEP_MS, step) };
    },
    forward: () => {
      const { playing, speed } = player.get();
      if (running) end();
      if (playing) player.setSpeed(faster(speed));
      else player.play();
    },
    toggle: () => {
      if (running) end();
      else if (player.get().playing) player.pause();
      else player.play();
    },
    stop: () => {
      end();
      if (!player.get().following) player.pause();
    },
  };
}
