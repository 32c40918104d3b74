import type { Place } from '../../../web/src/session/place.ts';
import type { Batch } from '../../../web/src/transport/batch.ts';

/** What waits to be sent: batches of many sessions at once. */
export interface Outbox {
  add(place: Place, at: number, json: string): void;
  /** Ends all batches that are being filled. */
  seal(): void;
  /** The oldest ended batch that nobody is sending; it counts as being sent until it is put back or removed. */
  take(): Batch | undefined;
  putBack(batch: Batch): void;
  remove(batch: Batch): void;
  /** Every batch, also those being filled or sent. */
  all(): readonly Batch[];
  /** Events in all of them. */
  count(): number;
  clear(): void;
}

/** What an outbox holds at most, in characters of JSON. */
export interface OutboxLimits {
  readonly batchChars: number;
  readonly totalChars: number;
  /** Told how many events were given up, the oldest first. Their sequence numbers are then missing: the reader sees a gap. */
  readonly onDropped: (events: number) => void;
}

/** A batch that is ended is never cut again, so that a resend is a repeat. */
export function createOutbox({ batchChars, totalChars, onDropped }: OutboxLimits): Outbox {
  /** By generation. */
  const open = new Map<string, Batch>();
  const ended = new Set<Batch>();
  const taken = new Set<Batch>();
  let chars = 0;

  const end = (batch: Batch): void => {
    open.delete(batch.place.generation);
    ended.add(batch);
  };
  const forget = (batch: Batch): boolean => {
    const known = ended.delete(batch) || taken.delete(batch);
    if (known) chars -= batch.chars;
    return known;
  };
  /** What is on its way is not given up: it may have arrived. */
  const makeRoom = (): void => {
    while (chars > totalChars) {
      const [oldest] = ended;
      const [filling] = open.values();
      const victim = oldest ?? filling;
      if (!victim) return;
      if (!oldest) end(victim);
      forget(victim);
      onDropped(victim.events.length);
    }
  };

  return {
    add(place, at, json) {
      const { session, window, generation } = place;
      const seq = place.nextSeq++;
      let batch = open.get(generation);
      if (batch && batch.chars + json.length > batchChars) {
        end(batch);
        batch = undefined;
      }
      batch ??= { place: { session, window, generation }, first: seq, events: [], chars: 0, fromAt: at, toAt: at };
      open.set(generation, batch);
      batch.events.push(json);
      batch.chars += json.length;
      batch.fromAt = Math.min(batch.fromAt, at);
      batch.toAt = Math.max(batch.toAt, at);
      chars += json.length;
      makeRoom();
    },
    seal() {
      for (const batch of [...open.values()]) end(batch);
    },
    take() {
      const [batch] = ended;
      if (!batch) return undefined;
      ended.delete(batch);
      taken.add(batch);
      return batch;
    },
    putBack(batch) {
      if (taken.delete(batch)) ended.add(batch);
    },
    remove: (batch) => void forget(batch),
    all: () => [...taken, ...ended, ...open.values()],
    count: () => [...taken, ...ended, ...open.values()].reduce((sum, { events }) => sum + events.length, 0),
    clear() {
      open.clear();
      ended.clear();
      taken.clear();
      chars = 0;
    },
  };
}
