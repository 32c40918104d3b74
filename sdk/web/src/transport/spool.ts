import { type Batch, batchText, type Head, headOf } from './batch.ts';

/** A batch that outlived its page. */
export interface Spooled extends Head {
  readonly body: Uint8Array<ArrayBuffer> | string;
}

/** Keeps batches on the person's disk while the server cannot be reached. None of its members rejects. */
export interface Spool {
  /** Keeps a batch as it is or will be sent, so that sending it again is a repeat. */
  keep(batches: readonly Batch[]): Promise<void>;
  remove(head: Head): Promise<void>;
  /** The oldest batch of another page load, if there is one. */
  next(ownGenerations: ReadonlySet<string>): Promise<Spooled | undefined>;
  clear(): Promise<void>;
}

const STORE = 'batches';
/** Older ones explain nothing any more. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;
/** Together they may take so much of the person's disk. */
const MAX_BATCHES = 300;

const keyOf = ({ place, first }: Pick<Head, 'place' | 'first'>): IDBValidKey => [place.generation, first];

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

/** @param open of the browser, as it was before anything was wrapped. */
export function createSpool(open: () => IDBOpenDBRequest, now: () => number): Spool {
  let database: Promise<IDBDatabase> | undefined;
  const opened = (): Promise<IDBDatabase> => {
    database ??= new Promise((done, fail) => {
      const request = open();
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
      request.onblocked = () => fail(new Error('blocked'));
    });
    return database;
  };
  /** Without storage a batch lives as long as its page: nothing to report to anybody. */
  const attempt = async <T>(body: (store: IDBObjectStore) => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await body((await opened()).transaction(STORE, 'readwrite').objectStore(STORE));
    } catch {
      return undefined;
    }
  };
  return {
    keep(batches) {
      for (const batch of batches) batch.kept = true;
      return attempt(async (store) => {
        for (const batch of batches)
          store.put({ ...headOf(batch), body: batch.ready ?? batchText(batch) }, keyOf(batch));
        // A page that goes away hears of no result, so the browser must not wait for it to be heard.
        store.transaction.commit?.();
      });
    },
    remove: (head) => attempt((store) => settled(store.delete(keyOf(head)))),
    next: (own) =>
      attempt(async (store) => {
        const all = ((await settled(store.getAll())) as Spooled[])
          .filter(({ place }) => !own.has(place.generation))
          .sort((a, b) => a.fromAt - b.fromAt);
        const kept = all.filter(({ toAt }, i) => now() - toAt <= MAX_AGE_MS && i >= all.length - MAX_BATCHES);
        for (const batch of all) if (!kept.includes(batch)) store.delete(keyOf(batch));
        return kept[0];
      }),
    clear: () => attempt((store) => settled(store.clear())),
  };
}
