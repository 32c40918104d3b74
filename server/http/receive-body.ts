import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Limits } from '../limits.ts';
import type { Body } from '../storage/storage.ts';
import { HttpProblem } from './http-problem.ts';

/** Receives bodies, all together never more than `receivingBytes` at a time. */
export interface BodyReceiver {
  /**
   * Receives a body and hands it to `use`; its memory counts until `use` is done.
   * @throws HttpProblem 413 or 503, ClientGoneError when the sender hung up, and what `use` throws.
   */
  withBody<T>(request: IncomingMessage, use: (body: Body) => Promise<T>): Promise<T>;
}

/** The sender went away before its body was complete: nobody is left to answer. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

/** Takes the hash while the bytes arrive and never joins the parts: they go to the disk as they came. */
export function createBodyReceiver(limits: Pick<Limits, 'batchBytes' | 'receivingBytes'>): BodyReceiver {
  let held = 0;

  /** `count` is told of each part and throws what is too much. */
  function receive(request: IncomingMessage, count: (bytes: number) => void): Promise<Body> {
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      const hash = createHash('sha256');
      let bytes = 0;
      const stop = (): void => {
        request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      };
      const onData = (part: Buffer): void => {
        try {
          count(part.length);
        } catch (error) {
          stop();
          reject(error);
          return;
        }
        bytes += part.length;
        parts.push(part);
        hash.update(part);
      };
      const onEnd = (): void => {
        stop();
        resolve({ parts, bytes, sha256: hash.digest() });
      };
      const onGone = (): void => {
        stop();
        reject(new ClientGoneError('The sender hung up.'));
      };
      request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
    });
  }

  return {
    async withBody(request, use) {
      let own = 0;
      const count = (bytes: number): void => {
        own += bytes;
        held += bytes;
        if (own > limits.batchBytes) throw tooLarge(limits.batchBytes);
        if (held > limits.receivingBytes) throw busy();
      };
      try {
        return await use(await receive(request, count));
      } finally {
        held -= own;
      }
    },
  };
}

/** 413: the rest of the body is not waited for. */
export const tooLarge = (maxBytes: number): HttpProblem =>
  new HttpProblem(413, 'too-large', `A batch has at most ${maxBytes} bytes. Send smaller ones.`, {
    connection: 'close',
  });

const busy = (): HttpProblem =>
  new HttpProblem(503, 'busy', 'The server is receiving too much at a time. Try again later.', {
    'retry-after': '2',
    connection: 'close',
  });
