import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { STREAM_CLOSE } from '../../shared/wire/stream.ts';
import type { Limits } from '../limits.ts';

/**
 * Counts the bytes of a frame that is still arriving, so that many slow senders together cannot fill the memory with halves, and hangs up
 * on a frame that is not there in time. Counted is what came since the last whole frame.
 */
export function countReceived(
  socket: Duplex,
  opened: WebSocket,
  deps: {
    readonly limits: Pick<Limits, 'requestTimeoutMs'>;
    hold(bytes: number): boolean;
    release(bytes: number): void;
  },
): { stop(): void } {
  const { limits, hold, release } = deps;
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;

  const whole = (): void => {
    release(bytes);
    bytes = 0;
    clearTimeout(timer);
    timer = undefined;
  };
  const giveUp = (): void => {
    if (opened.readyState === opened.OPEN) opened.close(STREAM_CLOSE.later, 'busy');
    else opened.terminate(); // it was told, and sends on
  };
  const onLate = (): void => {
    // A frame that waits because we do not read is not late.
    if (opened.isPaused) timer = setTimeout(onLate, limits.requestTimeoutMs).unref();
    else opened.terminate();
  };
  const onData = (part: Buffer): void => {
    bytes += part.length;
    if (!hold(part.length)) giveUp();
    timer ??= setTimeout(onLate, limits.requestTimeoutMs).unref();
  };
  // Before the WebSocket's own listener, which tells of whole frames.
  socket.prependListener('data', onData);
  opened.on('message', whole).on('ping', whole).on('pong', whole);
  return {
    stop: () => {
      whole();
      socket.off('data', onData);
    },
  };
}
