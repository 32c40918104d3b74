import type { BatchHead } from '../../../../shared/wire/batch.ts';
import type { Place } from '../session/place.ts';

/** What a batch is, without what it holds. */
export interface Head {
  readonly place: Pick<Place, 'session' | 'window' | 'generation'>;
  readonly first: number;
  readonly count: number;
  readonly fromAt: number;
  readonly toAt: number;
}

/** Events of one generation, contiguous from `first`, as JSON texts. */
export interface Batch extends Omit<Head, 'count' | 'fromAt' | 'toAt'> {
  readonly events: string[];
  /** Length of the texts. */
  chars: number;
  fromAt: number;
  toAt: number;
  /** It was handed to the spool, and has to be taken out of it when the server has it. */
  kept?: boolean;
  /** The browser took it as a beacon. */
  handed?: boolean;
  /** The packed body, once it has been asked for. */
  body?: Promise<Uint8Array<ArrayBuffer> | string>;
  /** The same when it is there, for the moment in which nothing can be waited for. */
  ready?: Uint8Array<ArrayBuffer> | string;
}

/** The wire version this SDK speaks. */
const VERSION = 1;

/** @see Head */
export const headOf = ({ place, first, events, fromAt, toAt }: Batch): Head => ({
  ...{ place, first, count: events.length, fromAt, toAt },
});

/** The address a batch is posted to. @param sentAt the page's clock now, ms since epoch. */
export function batchUrl(server: string, key: string, batch: Head, sentAt: number): string {
  const head: Record<keyof BatchHead, string | number> = {
    v: VERSION,
    key,
    ...{ session: batch.place.session, window: batch.place.window, generation: batch.place.generation },
    first: batch.first,
    count: batch.count,
    from: batch.fromAt,
    to: batch.toAt,
    sent: sentAt,
  };
  const query = new URLSearchParams(
    Object.entries(head).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return `${server}/v1/batches?${query}`;
}

/** The body before packing: a JSON array. */
export const batchText = (batch: Batch): string => `[${batch.events.join(',')}]`;
