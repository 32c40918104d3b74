import type { Mirror } from './mirror-client.ts';
import type { Step } from './mirror-messages.ts';

/** Longer pauses of the person than this are skipped when asked to, up to a second before the next thing happens. */
const INACTIVE_MS = 10_000;
const LEAD_IN_MS = 1_000;
/** A frame that comes later than this (the window was hidden) does not make the clock jump. */
const LONGEST_FRAME_MS = 250;

/** What comes at the live edge is run through in this time, ms: it is seen, and the edge is not left behind. */
const CHASE_MS = 200;

/** The replay's own clock. */
export interface Player {
  readonly atMs: number;
  readonly playing: boolean;
  seek(atMs: number): void;
  play(): void;
  pause(): void;
  setSpeed(speed: number): void;
  skipInactivity(on: boolean): void;
  /** What is loaded by now; what was waited for is shown. */
  loaded(untilMs: number): void;
  /** The recording has become longer. */
  grow(durationMs: number): void;
  /** Stays at the live edge until a seek or a pause. */
  follow(on: boolean): void;
}

export interface PlayerParts {
  readonly mirror: Mirror;
  readonly durationMs: number;
  /** Brings the screen to a step's time; the next step is not asked for before. */
  readonly show: (step: Step, playing: boolean) => Promise<void>;
  /** Called when the time on the screen or the state changed. */
  readonly changed: (atMs: number, playing: boolean) => void;
  readonly failed: (error: unknown) => void;
}

export function createPlayer({ mirror, show, changed, failed, ...parts }: PlayerParts): Player {
  let { durationMs } = parts;
  let atMs = 0;
  let playing = false;
  let following = false;
  /** Times real time, while what came at the live edge is run through. */
  let chase = 1;
  let speed = 1;
  let skipping = false;
  let loadedMs = 0;
  let nextActivityMs: number | null = null;
  let lastFrameAt = 0;
  /** The newest wish; older ones that were not begun are forgotten. */
  let wanted: { atMs: number; jump: boolean } | null = null;
  let busy = false;

  function want(time: number, jump: boolean): void {
    wanted = { atMs: time, jump: jump || wanted?.jump === true };
    if (!busy) void work().catch(stop);
  }

  /** A step that failed would fail again at the next frame. */
  function stop(error: unknown): void {
    playing = false;
    wanted = null;
    failed(error);
  }

  async function work(): Promise<void> {
    busy = true;
    try {
      while (wanted) {
        const { atMs: time, jump } = wanted;
        wanted = null;
        const step = await mirror.step(time, jump);
        if (!step) continue;
        nextActivityMs = step.nextActivityMs;
        await show(step, playing || following);
        changed(time, playing || following);
      }
    } finally {
      busy = false;
    }
  }

  function frame(now: number): void {
    if (!playing) return;
    const elapsed = Math.min(now - lastFrameAt, LONGEST_FRAME_MS);
    lastFrameAt = now;
    requestAnimationFrame(frame);
    if (busy || atMs > loadedMs) return; // the clock waits for the screen and for what is not there yet
    const restMs = (nextActivityMs ?? durationMs) - atMs;
    const skip = skipping && !following && restMs > INACTIVE_MS;
    const rate = following ? chase : speed;
    atMs = Math.min(skip ? atMs + restMs - LEAD_IN_MS : atMs + elapsed * rate, durationMs);
    if (atMs >= durationMs) playing = false;
    want(atMs, skip);
  }

  /** Runs to the live edge. */
  function run(): void {
    chase = Math.max(1, (durationMs - atMs) / CHASE_MS);
    if (playing) return;
    playing = true;
    lastFrameAt = performance.now();
    requestAnimationFrame(frame);
  }

  return {
    get atMs() {
      return atMs;
    },
    get playing() {
      return playing || following;
    },
    seek(time) {
      if (following) playing = false;
      following = false;
      atMs = Math.min(Math.max(time, 0), durationMs);
      want(atMs, true);
    },
    play() {
      following = false;
      if (playing) return;
      if (atMs >= durationMs) atMs = 0;
      playing = true;
      lastFrameAt = performance.now();
      want(atMs, true);
      requestAnimationFrame(frame);
    },
    pause() {
      playing = false;
      following = false;
      want(atMs, false);
    },
    setSpeed(times) {
      speed = times;
    },
    skipInactivity(on) {
      skipping = on;
    },
    loaded(untilMs) {
      const waited = loadedMs <= atMs;
      loadedMs = untilMs;
      if (waited) want(atMs, true);
    },
    grow(next) {
      durationMs = next;
      if (following) run();
    },
    follow(on) {
      if (!on) {
        if (following) playing = false;
        following = false;
        want(atMs, false);
        return;
      }
      following = true;
      playing = false;
      atMs = durationMs;
      want(atMs, true);
    },
  };
}
