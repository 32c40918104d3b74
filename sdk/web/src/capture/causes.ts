import type { CapturedTimer } from '../../../../shared/model/captured.ts';

/** Why the code that runs now runs: the person's action, the response or stream being used, or several of them. */
export interface Cause {
  readonly action?: number | undefined;
  /** Id of a request of ours. */
  readonly request?: string | undefined;
  /** Id of a stream of ours whose message is being handled. */
  readonly stream?: string | undefined;
  /** What carried it into this task. */
  readonly timer?: CapturedTimer | undefined;
  /** When it began, on the recorder's clock. */
  readonly at: number;
}

/** The cause in effect. It lasts for the running task and the promise continuations behind it. */
export interface Causes {
  current(): Cause | undefined;
  /** The cause of a promise rejection, which the browser reports one task later; only what is certain of it. */
  ofRejection(): Cause | undefined;
  /** What was thrown came from here, whenever and wherever it is reported. */
  blame(thrown: unknown, cause: Cause): void;
  /** What is known of where exactly this came from. */
  behind(thrown: unknown): Cause | undefined;
  /** Whether the task that entered exactly this cause is still running. */
  isRunning(cause: Cause | undefined): boolean;
  /** @param cause an object of its own for each entry; undefined where a task begins that nothing known led to. */
  enter(cause: Cause | undefined): void;
  /** Told before another cause takes over, while the earlier one is still `current`. */
  onSwitch(body: () => void): void;
}

/** What is sent into it arrives as a task of its own, after what runs now and its promise continuations. */
export interface Channel {
  readonly port1: { onmessage: ((event: MessageEvent) => void) | null; close(): void };
  readonly port2: { postMessage(message: unknown): void };
}

/**
 * A task ends unseen, but a message sent in it arrives as the next one, after its promise continuations. For one more
 * task the cause lingers: rejections are reported there, and schedulers that hand work on by message run there.
 */
export function createCauses(onStop: (undo: () => void) => void, channel: Channel = new MessageChannel()): Causes {
  const { port1, port2 } = channel;
  // The browser's own: the page's messages are followed, these are not.
  const post = port2.postMessage.bind(port2);
  const blamed = new WeakMap<object, Cause>();
  const waiting: (() => void)[] = [];
  const listeners: (() => void)[] = [];
  let current: Cause | undefined;
  let lingering: Cause | undefined;
  /** A task began that nothing led to: what lingers is for rejections only. */
  let fresh = false;
  const nextTask = (body: () => void): void => {
    waiting.push(body);
    post(0);
  };
  port1.onmessage = () => waiting.shift()?.();
  onStop(() => {
    port1.close();
    current = undefined;
    lingering = undefined;
  });
  return {
    current: () => current ?? (fresh ? undefined : lingering),
    ofRejection: () => (lingering && current ? shared(lingering, current) : (lingering ?? current)),
    blame(thrown, cause) {
      if (typeof thrown === 'object' && thrown !== null) blamed.set(thrown, cause);
    },
    behind: (thrown) => (typeof thrown === 'object' && thrown !== null ? blamed.get(thrown) : undefined),
    isRunning: (cause) => cause !== undefined && cause === current,
    onSwitch: (body) => void listeners.push(body),
    enter(cause) {
      for (const told of listeners) told();
      if (!cause && current) lingering = current;
      current = cause;
      fresh = cause === undefined;
      if (!cause) return;
      nextTask(() => {
        if (current === cause) current = undefined;
        lingering = cause;
        nextTask(() => {
          if (lingering === cause) lingering = undefined;
        });
      });
    },
  };
}

/** Two answers used in quick succession: the rejection can be of either, so only what they have in common is known. */
const shared = (earlier: Cause, later: Cause): Cause => ({
  action: earlier.action === later.action ? later.action : undefined,
  request: earlier.request === later.request ? later.request : undefined,
  at: later.at,
});

/** The parts of a cause that are recorded, without empty fields. */
export const causeFields = (
  cause: Cause | undefined,
): { action?: number; request?: string; stream?: string; timer?: CapturedTimer } => ({
  ...(cause?.action === undefined ? {} : { action: cause.action }),
  ...(cause?.request === undefined ? {} : { request: cause.request }),
  ...(cause?.stream === undefined ? {} : { stream: cause.stream }),
  ...(cause?.timer === undefined ? {} : { timer: cause.timer }),
});
