/** Hands out the data ports that replay frames read recordings through. */
export interface FramePorts {
  /** Asks the shell for a new port to the session's recording. `signal` gives the wait up and closes a port that comes late. */
  open(key: string, signal: AbortSignal): Promise<MessagePort>;
  /** A port has arrived. One that nobody waits for is closed. */
  deliver(key: string, port: MessagePort): void;
}

/** @param ask asks the shell; the port arrives later through `deliver`. */
export function createFramePorts(ask: (key: string) => void): FramePorts {
  const waiting = new Map<string, { take: (port: MessagePort) => void; signal: AbortSignal }[]>();
  return {
    open: (key, signal) =>
      new Promise((take) => {
        waiting.set(key, [...(waiting.get(key) ?? []), { take, signal }]);
        ask(key);
      }),
    deliver: (key, port) => {
      const [first, ...rest] = waiting.get(key) ?? [];
      waiting.set(key, rest);
      if (first && !first.signal.aborted) first.take(port);
      else port.close();
    },
  };
}
