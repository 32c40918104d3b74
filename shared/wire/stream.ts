import { z } from 'zod';
import { BatchHead } from './batch.ts';

/** Most bytes of a frame's head, the line feed behind it included. */
export const MAX_STREAM_HEAD_BYTES = 1024;

/** Query of the WebSocket `/v1/stream`: which generation it is for. A page opens one; reloaded, it is another generation. */
export const StreamQuery = BatchHead.pick({ v: true, key: true, session: true, window: true, generation: true });
export type StreamQuery = z.infer<typeof StreamQuery>;

/**
 * The head of a batch in a stream. A binary frame holds it as one line of JSON, a line feed, and the body, which is as in
 * `POST /v1/batches`.
 */
export const StreamHead = BatchHead.pick({ first: true, count: true, from: true, to: true, sent: true });
export type StreamHead = z.infer<typeof StreamHead>;

const seq = z.number().int().nonnegative();

/** A text frame of the server, as JSON. */
export const StreamMessage = z.discriminatedUnion('kind', [
  /** First of all: the first event of the generation that is not durable here. Whatever was sent before that may be forgotten. */
  z.object({
    kind: z.literal('hello'),
    next: seq,
    /** Caps of one body, and of what is sent and not acknowledged; above the second the server stops reading. */
    batchBytes: z.number().int().positive(),
    inFlightBytes: z.number().int().positive(),
  }),
  /** The batch is on the disk, now or since before; `next` as in `BatchReceipt`. */
  z.object({
    kind: z.literal('ack'),
    first: seq,
    count: z.number().int().positive(),
    next: seq,
    duplicate: z.boolean(),
  }),
  /** A batch was not taken, or with `first` null the stream ends. Codes are those of `Problem`. */
  z.object({
    kind: z.literal('problem'),
    first: seq.nullable(),
    count: z.number().int().positive().nullable(),
    code: z.string(),
    message: z.string(),
    retryAfterMs: z.number().nonnegative().nullable(),
  }),
]);
export type StreamMessage = z.infer<typeof StreamMessage>;

/** Why the server closes a stream. 1009 (a frame is too large) and 1006 (it is gone) come from the protocol itself. */
export const STREAM_CLOSE = {
  /** Nothing came for a long time. */
  idle: 1000,
  /** The server stops: connect again, to it or another one. */
  goingAway: 1001,
  /** Text where batches are binary. */
  notBinary: 1003,
  /** Key, origin or session are not taken any more, or a frame was not there in time. */
  refused: 1008,
  /** Too busy, or the disk is full: connect again after `retryAfterMs`. */
  later: 1013,
} as const;
