import { gzipSync } from 'node:zlib';
import { CAPTURED } from '../../../../shared/model/captured.ts';
import { EventType, type PlacedEvent } from '../../../../shared/model/recorded-event.ts';
import { SessionBuilder } from '../../../support/session-builder.ts';

/** Whose visit it is, and what page it is of. */
export interface VisitOf {
  readonly session: string;
  readonly user?: { readonly id: string; readonly name?: string };
  readonly url?: string;
  readonly userAgent?: string;
}

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

/** The events of a short visit with a click that fails, each in its place; generations are named after the session. */
export function visitEvents({ session, user, url, userAgent }: VisitOf): PlacedEvent[] {
  const builder = new SessionBuilder(url ?? 'https://shop.example/orders/4711/pay');
  const pay = builder.button('Pay');
  const action = builder.click(1000, pay);
  builder.request(1010, '/api/orders', { method: 'POST', status: 500, action });
  builder.error(1400, { message: `Order of ${session} failed` });
  builder.end(4000);
  const address = url ?? 'https://shop.example/orders/4711/pay';
  const opening = { sdk: 'test', url: address, userAgent: userAgent ?? CHROME, ...(user ? { user } : {}) };
  return builder.events().map((placed) => ({
    ...placed,
    generation: `${placed.generation}-${session}`,
    event: isOpening(placed) ? { ...placed.event, data: { plugin: CAPTURED.session, payload: opening } } : placed.event,
  }));
}

const isOpening = ({ event }: PlacedEvent): boolean =>
  event.type === EventType.Plugin && JSON.stringify(event.data).includes(CAPTURED.session);

/** One batch of a visit: what goes into its head, and its body. */
export interface VisitBatch {
  readonly head: Record<string, string | number>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Cuts a visit into batches of `size` events each, the last one shorter; `start` moves the cuts. */
export function visitBatches(events: readonly PlacedEvent[], session: string, size: number, start = 0): VisitBatch[] {
  const batches: VisitBatch[] = [];
  const generations = new Set(events.map(({ generation }) => generation));
  for (const generation of generations) {
    const own = events.filter((event) => event.generation === generation).sort((a, b) => a.seq - b.seq);
    const cuts = [0, ...Array.from({ length: own.length }, (_, at) => start + at * size).filter((cut) => cut > 0)];
    for (const [at, from] of cuts.entries()) {
      const part = own.slice(from, cuts[at + 1] ?? own.length);
      const first = part[0];
      const last = part.at(-1);
      if (first && last) batches.push(toBatch(session, first, last, part));
    }
  }
  return batches;
}

function toBatch(session: string, first: PlacedEvent, last: PlacedEvent, part: readonly PlacedEvent[]): VisitBatch {
  return {
    head: {
      session,
      window: first.window,
      generation: first.generation,
      first: first.seq,
      count: part.length,
      from: Math.round(first.event.timestamp),
      to: Math.round(last.event.timestamp),
      sent: Math.round(last.event.timestamp),
    },
    body: new Uint8Array(gzipSync(JSON.stringify(part.map(({ event }) => event)))),
  };
}
