import { type ToFrame, ToWorkbench } from '../../../shared/ipc/frame-messages.ts';

/** What is known about a replay. Times are ms from the start of the session. */
export interface PlayerState {
  readonly atMs: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly skipInactivity: boolean;
  /** Play begins again where the range (or the session) begins, when it has come to its end. */
  readonly loop: boolean;
  /** The session is running now, and grows. */
  readonly running: boolean;
  /** The playhead stays at the live edge. */
  readonly following: boolean;
  /** What is drawn over the page. */
  readonly overlays: Overlays;
  /** Null until the frame has opened the recording. */
  readonly durationMs: number | null;
  /** Size of the recorded page at the playhead, px. */
  readonly viewport: { readonly width: number; readonly height: number } | null;
  readonly blocked: { readonly count: number; readonly urls: readonly string[] };
  /** What could not be used as recorded, by reason. */
  readonly repaired: {
    readonly count: number;
    readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  };
  /** Why the recording cannot be replayed. */
  readonly failure: string | null;
  /** The node that is outlined. */
  readonly highlighted: number | null;
}

/** What can be drawn over the page: the way of the pointer, and boxes round what was masked. */
export interface Overlays {
  readonly trail: boolean;
  readonly masks: boolean;
}

/** Speeds on offer. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const;

/**
 * One replay as seen from the workbench: the single playhead that every pane reads, and the commands to the frame. It is
 * no React state, because it changes with every frame on the screen; panes subscribe to the part they show.
 */
export interface Player {
  get(): PlayerState;
  subscribe(listener: () => void): () => void;
  /** Takes the control port of a new replay frame; the one before is closed. */
  connect(port: MessagePort): void;
  /** Lets go of the frame; the state stays as the place to come back to. */
  disconnect(): void;
  seek(atMs: number): void;
  play(): void;
  pause(): void;
  setSpeed(speed: number): void;
  setSkipInactivity(on: boolean): void;
  setLoop(on: boolean): void;
  /** Whether more may come of the session. */
  setRunning(on: boolean): void;
  /** Goes to the live edge and stays there, until a seek or a pause; or stops there. */
  follow(on: boolean): void;
  setOverlays(overlays: Overlays): void;
  /** Outlines a recorded node; null takes the outline away. */
  highlight(node: number | null): void;
}

/** What a player starts with, as the tab remembers it. */
export type PlayerStart = Pick<PlayerState, 'atMs' | 'speed' | 'skipInactivity'>;

/** After a seek the frame may still report times from before it; this far from the goal counts as arrived, ms. */
const ARRIVED_BEFORE_MS = 50;
const ARRIVED_AFTER_MS = 2000;

/** So many reports that do not fit are dropped before the frame is believed anyway. */
const MOST_DROPPED = 30;

/** A player without a frame, standing where `start` says. */
export function createPlayer(start: PlayerStart): Player {
  const fresh = {
    durationMs: null,
    viewport: null,
    blocked: { count: 0, urls: [] },
    repaired: { count: 0, reasons: [] },
    failure: null,
    playing: false,
  };
  const overlays: Overlays = { trail: true, masks: false };
  let state: PlayerState = {
    ...fresh,
    ...start,
    loop: false,
    running: false,
    following: false,
    overlays,
    highlighted: null,
  };
  let port: MessagePort | null = null;
  let goal: { atMs: number; dropped: number } | null = null;
  const listeners = new Set<() => void>();

  const change = (part: Partial<PlayerState>): void => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const send = (message: ToFrame): void => port?.postMessage(message);
  const seek = (wanted: number): void => {
    const atMs = Math.min(Math.max(0, wanted), state.durationMs ?? Number.POSITIVE_INFINITY);
    goal = { atMs, dropped: 0 };
    change({ atMs, following: false });
    send({ type: 'seek', atMs });
  };
  /** Somebody pressed play, and has not stopped it since. */
  let wantsPlay = false;
  const follow = (on: boolean): void => {
    wantsPlay = false;
    if (on) goal = null;
    change({ following: on, ...(on && state.durationMs !== null ? { atMs: state.durationMs } : {}) });
    send({ type: 'follow', on });
  };
  const isOutdated = (atMs: number): boolean => {
    if (goal === null) return false;
    const arrived = atMs >= goal.atMs - ARRIVED_BEFORE_MS && atMs <= goal.atMs + ARRIVED_AFTER_MS;
    if (!arrived && goal.dropped < MOST_DROPPED) {
      goal.dropped += 1;
      return true;
    }
    goal = null;
    return false;
  };
  const receive = (raw: unknown): void => {
    const parsed = ToWorkbench.safeParse(raw);
    if (!parsed.success) return; // the frame holds hostile content: what is not in the protocol is not looked at
    const message = parsed.data;
    switch (message.type) {
      case 'opened':
        change({ durationMs: message.durationMs, failure: null });
        send({ type: 'speed', speed: state.speed });
        send({ type: 'skip-inactivity', on: state.skipInactivity });
        send({ type: 'overlays', ...state.overlays });
        if (state.following) follow(true);
        else seek(state.atMs);
        if (state.highlighted !== null) send({ type: 'highlight', node: state.highlighted });
        break;
      case 'grown':
        change({ durationMs: message.durationMs });
        break;
      case 'time': {
        if (isOutdated(message.atMs)) change({ playing: message.playing });
        else change({ atMs: message.atMs, playing: message.playing });
        if (message.playing || !wantsPlay || state.atMs < (state.durationMs ?? Number.POSITIVE_INFINITY)) break;
        wantsPlay = false;
        // Who has seen all of a running session wants to see what comes.
        if (state.running && !state.loop) follow(true);
        break;
      }
      case 'viewport':
        change({ viewport: { width: message.width, height: message.height } });
        break;
      case 'blocked':
        change({ blocked: { count: message.count, urls: message.urls } });
        break;
      case 'repaired':
        change({ repaired: { count: message.count, reasons: message.reasons } });
        break;
      case 'failed':
        change({ failure: message.reason, playing: false });
        break;
    }
  };

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connect: (next) => {
      port?.close();
      port = next;
      change(fresh);
      next.addEventListener('message', (event) => {
        if (port === next) receive(event.data);
      });
      next.start();
    },
    disconnect: () => {
      port?.close();
      port = null;
      change({ playing: false });
    },
    seek,
    play: () => {
      const isAtEnd = state.durationMs !== null && state.atMs >= state.durationMs;
      if (isAtEnd && state.running) return follow(true);
      if (isAtEnd) seek(0);
      change({ following: false });
      wantsPlay = true;
      send({ type: 'play' });
    },
    pause: () => {
      wantsPlay = false;
      change({ following: false });
      send({ type: 'pause' });
    },
    setSpeed: (speed) => {
      change({ speed });
      send({ type: 'speed', speed });
    },
    setSkipInactivity: (skipInactivity) => {
      change({ skipInactivity });
      send({ type: 'skip-inactivity', on: skipInactivity });
    },
    setLoop: (loop) => change({ loop }),
    setRunning: (running) => {
      if (state.running !== running) change({ running });
    },
    follow,
    setOverlays: (next) => {
      change({ overlays: next });
      send({ type: 'overlays', ...next });
    },
    highlight: (highlighted) => {
      change({ highlighted });
      send({ type: 'highlight', node: highlighted });
    },
  };
}
