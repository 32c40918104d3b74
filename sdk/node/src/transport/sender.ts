import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Batch, batchText, batchUrl, headOf } from '../../../web/src/transport/batch.ts';
import { retryDelayMs, verdictOf } from '../../../web/src/transport/retry.ts';
import type { Outbox } from './outbox.ts';
import { MAX_SENDING, type Post } from './post.ts';
import type { Spool } from './spool.ts';

/** Brings batches to the server until it says that it has them. */
export interface Sender {
  /** Ends all batches and sends. Settles when all is stored, or when one could not be sent. Never rejects. */
  flush(): Promise<void>;
  /** Puts everything that is not acknowledged into the spool, at once. */
  keep(): void;
  /** Sends no more by itself. */
  close(): void;
}

/** Ports of a sender. */
export interface SenderDeps {
  readonly server: string;
  readonly key: string;
  readonly outbox: Outbox;
  readonly post: Post;
  readonly spool: Spool | undefined;
  readonly now: () => number;
  readonly random: () => number;
  readonly warn: (message: string) => void;
  /** The server wants nothing from this key. */
  readonly onRefused: () => void;
  /** The session was erased there, and takes no more. */
  readonly onErased: (session: string) => void;
  readonly onAcknowledged: (events: number) => void;
  readonly onDropped: (events: number) => void;
}

/** So often batches are ended and sent. */
const EVERY_MS = 2_000;
/** 410: nothing more of this session. */
const ERASED = 410;

const zip = promisify(gzip);

/** See `Sender`. */
export function createSender(deps: SenderDeps): Sender {
  const { server, key, outbox, post, spool, now } = deps;
  let failures = 0;
  let notBefore = 0;
  let stopped = false;
  let inherited = spool !== undefined;
  let sending: Promise<void> | undefined;
  let warned = false;

  const warnOnce = (message: string): void => {
    if (!warned) deps.warn(message);
    warned = true;
  };

  const bodyOf = async (batch: Batch): Promise<Uint8Array> => {
    if (!(batch.ready instanceof Uint8Array)) batch.ready = new Uint8Array(await zip(batchText(batch)));
    return batch.ready;
  };

  /** @returns whether others can follow. */
  const settle = (status: number, askedMs: number | undefined, session: string): 'stored' | 'lost' | 'later' => {
    const verdict = verdictOf(status);
    if (verdict === 'later') {
      failures++;
      notBefore = now() + retryDelayMs(failures, deps.random(), askedMs);
      return 'later';
    }
    failures = 0;
    if (verdict === 'stored') return 'stored';
    if (verdict === 'refused') {
      stopped = true;
      warnOnce(
        `the server refuses this write key (${status}): recording stops. A backend needs a key without origins.`,
      );
      deps.onRefused();
    } else if (status === ERASED) deps.onErased(session);
    else warnOnce(`the server did not take recorded events (${status})`);
    return 'lost';
  };

  const sendOne = async (batch: Batch): Promise<void> => {
    const body = await bodyOf(batch);
    const answer = await post.send(batchUrl(server, key, headOf(batch), now()), body);
    const outcome = settle(answer.status, answer.retryAfterMs, batch.place.session);
    if (outcome === 'later') {
      outbox.putBack(batch);
      spool?.keep([batch]);
      return;
    }
    if (outcome === 'stored') deps.onAcknowledged(batch.events.length);
    else deps.onDropped(batch.events.length);
    outbox.remove(batch);
    spool?.remove(batch);
  };

  /** What earlier processes could not get rid of; the server was reachable a moment ago. */
  const sendInherited = async (): Promise<void> => {
    while (spool && inherited && isOpen()) {
      const found = spool.others(outbox.all());
      inherited = found.length > 0;
      for (const spooled of found) {
        const answer = await post.send(batchUrl(server, key, spooled.head, now()), spooled.body);
        if (settle(answer.status, answer.retryAfterMs, spooled.head.place.session) === 'later' || stopped) return;
        spool.forget(spooled);
      }
    }
  };

  const isOpen = (): boolean => !stopped && now() >= notBefore;

  const sendAll = async (): Promise<void> => {
    const lane = async (): Promise<void> => {
      for (let batch = isOpen() ? outbox.take() : undefined; batch; batch = isOpen() ? outbox.take() : undefined)
        await sendOne(batch);
    };
    await Promise.all(Array.from({ length: MAX_SENDING }, lane));
    if (failures === 0) await sendInherited();
  };

  const pump = (): Promise<void> => {
    sending ??= sendAll()
      // Nothing here is expected to throw; what does must not end the program.
      .catch((error: unknown) => warnOnce(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        sending = undefined;
      });
    return sending;
  };

  const timer = setInterval(() => {
    outbox.seal();
    void pump();
  }, EVERY_MS);
  timer.unref();

  return {
    async flush() {
      outbox.seal();
      await sending;
      // Whoever asks wants to know now, whatever the wait after a failure would be.
      notBefore = 0;
      await pump();
    },
    keep() {
      outbox.seal();
      spool?.keep(outbox.all());
    },
    close() {
      stopped = true;
      clearInterval(timer);
      post.close();
    },
  };
}
