import type { IncomingMessage } from 'node:http';
import type { Sender } from './take-batch.ts';

/** Who sends a request. */
export const senderOf = ({ socket, headers }: IncomingMessage): Sender => ({
  address: socket.remoteAddress ?? 'unknown',
  origin: headers.origin,
});
