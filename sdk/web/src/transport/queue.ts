import type { Place } from '../session/place.ts';
import type { Batch } from './batch.ts';

/** Sealed batches in order, and the one that is being filled. */
export interface Queue {
  /** @returns whether the batch became full and was sealed. */
  add(place: Place, seq: number, at: number, json: string): boolean;
  /** Ends the open batch. @returns whether there was one. */
  seal(): boolean;
  /** The oldest sealed batch. */
  head(): Batch | undefined;
  /** All sealed batches, oldest first. */
  sealed(): readonly Batch[];
  remove(batch: Batch): void;
  /** Drops what the server has: every batch of the generation that ends before `next`. */
  acknowledge(generation: string, next: number): void;
  clear(): void;
}

/** Sizes are characters of JSON. */
export interface QueueLimits {
  readonly batchChars: number;
  /** Above it the oldest batch is given up, whose sequence numbers are then missing: the reader sees a gap. */
  readonly totalChars: number;
  /** Told when that happened. */
  readonly onDropped: () => void;
}

/** An unacknowledged batch is never cut again, so that a resend is a repeat. */
export function createQueue({ batchChars, totalChars, onDropped }: QueueLimits): Queue {
  let batches: Batch[] = [];
  let open: Batch | undefined;
  let chars = 0;

  const seal = (): boolean => {
    if (!open) return false;
    batches.push(open);
    open = undefined;
    return true;
  };
  const remove = (batch: Batch): void => {
    const kept = batches.filter((other) => other !== batch);
    if (kept.length < batches.length) chars -= batch.chars;
    batches = kept;
  };
  const fits = (batch: Batch, place: Place, seq: number, length: number): boolean =>
    batch.place.generation === place.generation &&
    batch.first + batch.events.length === seq &&
    batch.chars + length <= batchChars;

  return {
    add(place, seq, at, json) {
      let full = false;
      if (open && !fits(open, place, seq, json.length)) full = seal();
      const { session, window, generation } = place;
      open ??= { place: { session, window, generation }, first: seq, events: [], chars: 0, fromAt: at, toAt: at };
      open.events.push(json);
      open.chars += json.length;
      open.fromAt = Math.min(open.fromAt, at);
      open.toAt = Math.max(open.toAt, at);
      chars += json.length;
      if (open.chars >= batchChars) full = seal();
      while (chars > totalChars && batches.length > 1) {
        const oldest = batches[0];
        if (!oldest) break;
        remove(oldest);
        onDropped();
      }
      return full;
    },
    seal,
    head: () => batches[0],
    sealed: () => batches,
    remove,
    acknowledge(generation, next) {
      for (const batch of batches) {
        if (batch.place.generation === generation && batch.first + batch.events.length <= next) remove(batch);
      }
    },
    clear() {
      batches = [];
      open = undefined;
      chars = 0;
    },
  };
}
