import type { Timers } from '../clock.ts';
import type { Place } from '../session/place.ts';
import { type Batch, batchText, batchUrl, headOf } from './batch.ts';
import type { Post } from './post.ts';
import { createQueue } from './queue.ts';
import { retryDelayMs, verdictOf } from './retry.ts';
import type { Spool } from './spool.ts';

const TOO_LARGE = 413;

/** Brings recorded events to the server, in order, until it says that it has them. */
export interface Uploader {
  add(place: Place, seq: number, at: number, json: string): void;
  /** Seals and sends. Settles when all is stored, or at the first failure (the rest stays queued). Never rejects. */
  flush(): Promise<void>;
  /** The page goes away: hands over what is not acknowledged to the browser, as far as it takes it. */
  leave(): void;
  /** Sends no more by itself. */
  close(): void;
  /** Forgets what was not sent. */
  discard(): void;
}

/** Ports and limits of an uploader. */
export interface UploaderDeps {
  readonly server: string;
  readonly key: string;
  readonly post: Post;
  readonly pack: (text: string) => Promise<Uint8Array<ArrayBuffer> | string>;
  /** Where batches wait that the server did not take before the page went; absent where there is no such place. */
  readonly spool?: Spool | undefined;
  readonly timers: Timers;
  readonly now: () => number;
  readonly random: () => number;
  /** The browser knows that there is no network. */
  readonly isOffline?: () => boolean;
  /** One message for the page's developers. */
  readonly warn: (message: string) => void;
  /** The server wants nothing from this key. */
  readonly onRefused: () => void;
  /** Events were given up earlier, and the server is reachable again. */
  readonly onGap: () => void;
}

/** A batch is sent when it has so many characters (it then fits a beacon uncompressed) or is so old. */
const BATCH_CHARS = 56 * 1024;
const BATCH_AGE_MS = 2_000;
/** What is kept for an unreachable server. */
const TOTAL_CHARS = 16 * 1024 * 1024;
/** Browsers refuse beacons above 64 KiB. */
const BEACON_BYTES = 60 * 1024;

/** See `Uploader`. */
export function createUploader(deps: UploaderDeps): Uploader {
  const { server, key, post, spool, timers, now } = deps;
  const ownGenerations = new Set<string>();
  let inherited = true;
  let sending: Promise<void> | undefined;
  let batchTimer: unknown;
  let retryTimer: unknown;
  let failures = 0;
  let notBefore = 0;
  let refused = false;
  let gap = false;
  let tooLargeBefore = false;
  let warned = false;
  let closed = false;
  const queue = createQueue({
    batchChars: BATCH_CHARS,
    totalChars: TOTAL_CHARS,
    onDropped: () => {
      gap = true;
    },
  });

  const warnOnce = (message: string): void => {
    if (!warned) deps.warn(message);
    warned = true;
  };

  const bodyOf = (batch: Batch): Promise<Uint8Array<ArrayBuffer> | string> => {
    batch.body ??= deps
      .pack(batchText(batch))
      .catch(() => batchText(batch)) // a compressor that fails costs bandwidth, not the recording
      .then((body) => {
        batch.ready = body;
        return body;
      });
    return batch.body;
  };

  /** @returns whether the next batch can follow. */
  const sendOne = async (batch: Batch): Promise<boolean> => {
    const body = await bodyOf(batch);
    // The page lives on: should it be left again, what was handed over before may not have arrived.
    batch.handed = false;
    const answer = await post.send(batchUrl(server, key, headOf(batch), now()), body);
    const verdict = verdictOf(answer.status);
    if (verdict === 'later') {
      failures++;
      const delay = retryDelayMs(failures, deps.random(), answer.retryAfterMs);
      notBefore = answer.retryAfterMs === undefined ? 0 : now() + delay;
      timers.clear(retryTimer);
      if (!closed) retryTimer = timers.set(retry, delay);
      void spool?.keep(queue.sealed());
      return false;
    }
    if (verdict === 'refused') {
      refused = true;
      queue.clear();
      void spool?.clear();
      warnOnce(`the server refuses this write key (${answer.status}): recording stops`);
      deps.onRefused();
      return false;
    }
    if (batch.kept) void spool?.remove(headOf(batch));
    failures = 0;
    queue.remove(batch);
    if (verdict === 'unwanted') {
      warnOnce(`the server did not take ${batch.events.length} recorded events (${answer.status})`);
      // Once only: a snapshot that is itself too large would otherwise be taken and refused for as long as the page lives.
      if (answer.status !== TOO_LARGE || !tooLargeBefore) gap = true;
      tooLargeBefore ||= answer.status === TOO_LARGE;
    } else {
      if (answer.next !== undefined) queue.acknowledge(batch.place.generation, answer.next);
      if (gap) deps.onGap();
      gap = false;
    }
    return true;
  };

  /** What earlier pages could not get rid of; the server was reachable a moment ago. */
  const sendInherited = async (): Promise<void> => {
    if (!spool || !inherited) return;
    for (let batch = await spool.next(ownGenerations); batch && !refused; batch = await spool.next(ownGenerations)) {
      const { status } = await post.send(batchUrl(server, key, batch, now()), batch.body);
      const verdict = verdictOf(status);
      if (verdict === 'later' || verdict === 'refused') return;
      await spool.remove(batch);
    }
    inherited = false;
  };

  const sendAll = async (): Promise<void> => {
    let sent = false;
    for (let batch = queue.head(); batch && !refused && now() >= notBefore; batch = queue.head()) {
      sent = await sendOne(batch);
      if (!sent) return;
    }
    if (sent) await sendInherited();
  };

  /** One batch at a time, so that they arrive in order. */
  const pump = (): Promise<void> => {
    sending ??= sendAll().finally(() => {
      sending = undefined;
    });
    return sending;
  };

  const retry = (): void => {
    notBefore = 0;
    void pump();
  };

  /** Packed while there is time: when the page goes away, only what is ready can leave compressed. */
  const packSealed = (): void => {
    for (const batch of queue.sealed()) void bodyOf(batch);
  };

  const seal = (): void => {
    timers.clear(batchTimer);
    batchTimer = undefined;
    if (queue.seal()) packSealed();
  };

  return {
    add(place, seq, at, json) {
      if (refused) return;
      ownGenerations.add(place.generation);
      const full = queue.add(place, seq, at, json);
      if (full) packSealed();
      if (full && failures === 0) void pump();
      if (batchTimer === undefined && !closed) {
        batchTimer = timers.set(() => {
          seal();
          if (failures === 0) void pump();
        }, BATCH_AGE_MS);
      }
    },
    async flush() {
      seal();
      await sending;
      await pump();
    },
    leave() {
      seal();
      // A beacon tells nobody whether it arrived. Where that is doubtful the disk is the better bet: a repeat does no harm.
      if (failures > 0 || deps.isOffline?.()) void spool?.keep(queue.sealed());
      for (const batch of queue.sealed()) {
        if (batch.handed) continue;
        const body = batch.ready ?? batchText(batch);
        if (body.length > BEACON_BYTES || !post.beacon(batchUrl(server, key, headOf(batch), now()), body)) continue;
        batch.handed = true;
        // Should the page live on, a resend must be the same bytes: then it is a repeat, not a contradiction.
        batch.ready = body;
        batch.body = Promise.resolve(body);
      }
    },
    discard() {
      refused = true;
      queue.clear();
      void spool?.clear();
    },
    close() {
      closed = true;
      timers.clear(batchTimer);
      timers.clear(retryTimer);
    },
  };
}
