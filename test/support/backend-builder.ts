import { BACKEND, type BackendPayloads } from '../../shared/model/captured-backend.ts';
import { EventType, type PlacedEvent } from '../../shared/model/recorded-event.ts';
import { STARTED_AT } from './session-builder.ts';

/** How a backend's answer goes. Times are ms of the page's time from the start of the session; the clock turns them into its own. */
export interface AnswerPlan {
  /** The page's request it answers, in the first page load. */
  readonly request: string;
  readonly at: number;
  readonly tookMs: number;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
}

/** Writes what a backend records of a session, by a clock that is `aheadMs` ahead of the page's. */
export class BackendBuilder {
  private readonly entries: { at: number; kind: keyof typeof BACKEND; payload: unknown }[] = [];
  private answers = 0;
  private readonly aheadMs: (at: number) => number;

  constructor(aheadMs: number | ((at: number) => number) = 0, service = 'orders') {
    this.aheadMs = typeof aheadMs === 'number' ? () => aheadMs : aheadMs;
    this.add(0, 'service', { sdk: 'test', service });
  }

  /** @returns the backend's id of the request. */
  answer({ request, at, tookMs, method = 'POST', path = '/api/orders', status = 200 }: AnswerPlan): string {
    const id = `b${++this.answers}`;
    this.add(at + tookMs, 'request', {
      ...{ id, page: { generation: 'g0', request }, method, url: path, status, end: 'answered' },
      ...{ startedAt: this.clock(at), headAt: this.clock(at + tookMs), durationMs: tookMs },
    });
    return id;
  }

  error(at: number, message: string, more: Partial<BackendPayloads['error']> = {}): this {
    return this.add(at, 'error', { kind: 'request', name: 'PaymentError', message, ...more });
  }

  log(at: number, message: string, more: Partial<BackendPayloads['log']> = {}): this {
    return this.add(at, 'log', { level: 'info', message, ...more });
  }

  add<K extends keyof typeof BACKEND>(at: number, kind: K, payload: BackendPayloads[K]): this {
    this.entries.push({ at: this.clock(at), kind, payload });
    return this;
  }

  events(): PlacedEvent[] {
    return this.entries.map(({ at, kind, payload }, seq) => ({
      ...{ window: 'backend_orders', generation: 'gb', seq },
      event: { type: EventType.Plugin, timestamp: at, data: { plugin: BACKEND[kind], payload } },
    }));
  }

  /** A moment of the page's time as this backend's clock has it, ms since epoch. */
  clock(at: number): number {
    return STARTED_AT + at + this.aheadMs(at);
  }
}
