/** Why the code that runs now runs: the person's action, the response being used, or both. */
export interface Cause {
  readonly action?: number | undefined;
  /** Id of a request of ours. */
  readonly request?: string | undefined;
  /** When it began, on the recorder's clock. */
  readonly at: number;
}

/** The cause in effect. It lasts for the running task and the promise continuations behind it. */
export interface Causes {
  current(): Cause | undefined;
  /** The cause of a promise rejection, which the browser reports one task later; only what is certain of it. */
  ofRejection(): Cause | undefined;
  /** Whether the task that entered exactly this cause is still running. */
  isRunning(cause: Cause | undefined): boolean;
  /** @param cause an object of its own for each entry. */
  enter(cause: Cause): void;
}

/**
 * A task ends unseen, but a message sent in it arrives as the next one, after its promise continuations. For one more
 * task the cause lingers: rejections are reported there, and schedulers that hand work on by message run there.
 */
export function createCauses(onStop: (undo: () => void) => void): Causes {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  let current: Cause | undefined;
  let lingering: Cause | undefined;
  const nextTask = (body: () => void): void => {
    waiting.push(body);
    port2.postMessage(0);
  };
  port1.onmessage = () => waiting.shift()?.();
  onStop(() => {
    port1.close();
    current = undefined;
    lingering = undefined;
  });
  return {
    current: () => current ?? lingering,
    ofRejection: () => (lingering && current ? shared(lingering, current) : (lingering ?? current)),
    isRunning: (cause) => cause !== undefined && cause === current,
    enter(cause) {
      current = cause;
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
export const causeFields = (cause: Cause | undefined): { action?: number; request?: string } => ({
  ...(cause?.action === undefined ? {} : { action: cause.action }),
  ...(cause?.request === undefined ? {} : { request: cause.request }),
});
