import type { Channel } from '../../../web/src/capture/causes.ts';
import type { Timers } from '../../../web/src/clock.ts';

/** A message channel for where there is none: what is sent arrives with the next timer, which is a task of its own. */
export function taskChannel(timers: Timers): Channel {
  const port1: Channel['port1'] = {
    onmessage: null,
    close() {
      port1.onmessage = null;
    },
  };
  const arrived = (): void => port1.onmessage?.(undefined as never);
  return { port1, port2: { postMessage: () => void timers.set(arrived, 0) } };
}
