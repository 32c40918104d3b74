import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '../rpc/port.ts';

/** A worker thread, or the port inside one, as a `Port`. The worker is ended by its own side, never by `close`. */
export function workerPort(end: Worker | MessagePort): Port {
  return {
    post: (message) => end.postMessage(message),
    onMessage: (listener) => {
      end.on('message', listener);
    },
    onClose: (listener) => {
      // A worker ends with `exit`, a port with `close`; only the one of its kind is ever emitted.
      end.on('exit', listener);
      end.on('close', listener);
    },
    close: () => {
      if ('close' in end) end.close();
    },
  };
}

/**
 * Bytes with a buffer of their own. A posted view takes its whole buffer along, and small Node buffers are views of a
 * shared 8 KB pool.
 */
export const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
    ? new Uint8Array(bytes.buffer)
    : Uint8Array.from(bytes);
