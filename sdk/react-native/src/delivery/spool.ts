import { type Batch, batchText, type Head, headOf } from '../../../web/src/transport/batch.ts';
import type { Spool, Spooled } from '../../../web/src/transport/spool.ts';
import type { AppStorage } from './storage.ts';

/** Older ones explain nothing any more. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;
/** Together at most 3.5 MB: Android's storage of this kind ends at 6 MB, for the whole app. */
const MAX_BATCHES = 60;

const keyOf = ({ place, first }: Pick<Head, 'place' | 'first'>): string => `${place.generation} ${first}`;

/**
 * Keeps batches in the app's storage: one entry each, and a list of them. Steps run one after the other, because the list is
 * read and written. None of its members rejects.
 */
export function createAppSpool(storage: AppStorage, name: string, now: () => number): Spool {
  const list = `${name} batches`;
  const entry = (head: Pick<Head, 'place' | 'first'>): string => `${name} batch ${keyOf(head)}`;
  const heads = async (): Promise<Head[]> => {
    const text = await storage.getItem(list);
    return text ? (JSON.parse(text) as Head[]) : [];
  };
  const save = (all: readonly Head[]): Promise<unknown> => storage.setItem(list, JSON.stringify(all));
  const forget = async (all: readonly Head[]): Promise<void> => {
    for (const head of all) await storage.removeItem(entry(head));
  };

  let last: Promise<unknown> = Promise.resolve();
  /** Without storage a batch lives as long as the app runs: nothing to report to anybody. */
  const step = <T>(body: () => Promise<T>): Promise<T | undefined> => {
    const done = last.then(body).catch(() => undefined);
    last = done;
    return done;
  };

  return {
    keep: (batches: readonly Batch[]) => {
      for (const batch of batches) batch.kept = true;
      return step(async () => {
        const known = await heads();
        const fresh = batches.filter((batch) => !known.some((head) => keyOf(head) === keyOf(batch)));
        for (const batch of fresh) await storage.setItem(entry(batch), batchText(batch));
        const all = [...known, ...fresh.map(headOf)];
        await save(all.slice(-MAX_BATCHES));
        await forget(all.slice(0, -MAX_BATCHES));
      });
    },
    remove: (head) =>
      step(async () => {
        await save((await heads()).filter((other) => keyOf(other) !== keyOf(head)));
        await forget([head]);
      }),
    next: (own) =>
      step(async (): Promise<Spooled | undefined> => {
        const all = await heads();
        const old = all.filter(({ toAt }) => now() - toAt > MAX_AGE_MS);
        const others = all.filter((head) => !old.includes(head) && !own.has(head.place.generation));
        const lost: Head[] = [];
        let found: Spooled | undefined;
        for (const head of others) {
          const body = await storage.getItem(entry(head));
          if (body !== null) {
            found = { ...head, body };
            break;
          }
          lost.push(head);
        }
        if (old.length + lost.length > 0) {
          await save(all.filter((head) => !old.includes(head) && !lost.includes(head)));
          await forget(old);
        }
        return found;
      }),
    clear: () =>
      step(async () => {
        await forget(await heads());
        await storage.removeItem(list);
      }),
  };
}
