import { MAX_BATCH_BYTES } from '../shared/wire/batch.ts';

/** How fast a bucket fills and how much it holds; one token is one request of up to `BYTES_PER_TOKEN`. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** What one token pays for: a bigger body costs more of them. */
export const BYTES_PER_TOKEN = 64 * 1024;

/** What a server lets itself be asked for. Times are ms. */
export interface Limits {
  readonly batchBytes: number;
  /** Bodies being received, all together: bounds memory whatever the number of slow senders. */
  readonly receivingBytes: number;
  readonly batchesPerKey: Rate;
  readonly batchesPerAddress: Rate;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  /** WebSockets open at a time, all together and of one key. */
  readonly streams: number;
  readonly streamsPerKey: number;
  /** Batches of one stream on their way to the disk: above this it is not read from. */
  readonly streamBytes: number;
  /** How often a stream is asked whether it is there; unanswered once, it is hung up on. */
  readonly streamPingMs: number;
  /** Without a batch for so long a stream is closed. */
  readonly streamIdleMs: number;
  /** How often the timeouts are looked at. */
  readonly timeoutCheckMs: number;
  /** How long `close()` waits for requests under way. */
  readonly closeGraceMs: number;
}

/**
 * Generous for a team: a page sends a batch every few seconds, so that a key's rate is some 10,000 pages at a time and an
 * address's some 2,500 behind one office router. A stream costs some 20 kB. A 4 MB body over a 1 Mbit/s uplink takes 35 s: hence 60 s for a request.
 */
export const DEFAULT_LIMITS: Limits = {
  batchBytes: MAX_BATCH_BYTES,
  receivingBytes: 256 * 1024 * 1024,
  batchesPerKey: { perSecond: 4000, burst: 16_000 },
  batchesPerAddress: { perSecond: 1000, burst: 8000 },
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  keepAliveTimeoutMs: 60_000,
  streams: 4000,
  streamsPerKey: 2000,
  streamBytes: 2 * MAX_BATCH_BYTES,
  streamPingMs: 30_000,
  streamIdleMs: 300_000,
  timeoutCheckMs: 2000,
  closeGraceMs: 5000,
};
