import {
  CAPTURED,
  type CapturedAction,
  type CapturedConsole,
  type CapturedElement,
  type CapturedError,
  type CapturedNavigation,
  type CapturedRequest,
} from '../../shared/model/captured.ts';
import type { CapturedName, CapturedPayloads } from '../../shared/model/captured-schemas.ts';
import { EventType, IncrementalSource, type PlacedEvent } from '../../shared/model/recorded-event.ts';

/** When the recording begins, ms since epoch. All other times are ms from here. */
export const STARTED_AT = 1_700_000_000_000;

/** How a request goes. Times are ms from sending. */
export interface RequestPlan {
  readonly method?: string;
  readonly kind?: CapturedRequest['kind'];
  /** Null: no answer in the recording. */
  readonly answerMs?: number | null;
  readonly status?: number;
  /** Null: the page never reads the body. */
  readonly readMs?: number | null;
  readonly shape?: string;
  readonly failure?: CapturedRequest['failure'];
  readonly action?: number;
}

/** How a click goes. */
export interface ClickPlan {
  readonly x?: number;
  readonly y?: number;
  /** What lay under the pointer; the target alone when left out. */
  readonly under?: readonly CapturedElement[];
  /** A change of the page follows after so many ms, in a region of its own. */
  readonly changesMs?: number;
  /** Sends a form in the same task. */
  readonly submits?: CapturedElement;
  /** No record of the effect: the page was gone. */
  readonly noEffect?: boolean;
}

interface Entry {
  readonly at: number;
  readonly generation: number;
  readonly type: number;
  readonly data: unknown;
}

interface PendingClick {
  readonly at: number;
  readonly generation: number;
  readonly id: number;
  readonly noEffect: boolean;
}

const EFFECT_MS = 1000;
const PLACES = { html: 2, body: 3, region: 4 } as const;

/**
 * Writes recordings as our SDK would: rrweb's snapshot and mutations with plugin events beside them, effects of clicks counted
 * from what really changed. Everything is told in ms from the start, in any order.
 */
export class SessionBuilder {
  private readonly entries: Entry[] = [];
  private readonly elements: CapturedElement[] = [];
  private readonly clicks: PendingClick[] = [];
  private readonly changes: { at: number; generation: number; own: boolean }[] = [];
  private readonly requests: { id: string; at: number; generation: number; action: number | undefined }[] = [];
  private generation = 0;
  private nextNode = 100;
  private nextAction = 1;
  private nextOrder = 1;
  private endMs = 0;
  private url: string;

  constructor(url = 'https://shop.test/checkout') {
    this.url = url;
    this.open(0, url);
  }

  /** An element of the page, known to the recorded document. */
  element(tag: string, label: string, more: Partial<CapturedElement> = {}): CapturedElement {
    this.nextNode += 2;
    const interactive = ['button', 'a', 'input', 'select'].includes(tag);
    const selector = `#${tag}-${label.toLowerCase().replace(/\W+/g, '-')}`;
    const element = { node: this.nextNode, selector, tag, label, interactive, ...more };
    this.elements.push(element);
    return element;
  }

  button(label: string, more: Partial<CapturedElement> = {}): CapturedElement {
    return this.element('button', label, more);
  }

  /** When the person clicked, ms from the start. */
  get clickTimes(): readonly number[] {
    return this.clicks.map(({ at }) => at);
  }

  /** @returns the id of the action. */
  click(at: number, target: CapturedElement, plan: ClickPlan = {}): number {
    const id = this.act(at, {
      ...{
        kind: 'click',
        target,
        x: plan.x ?? (target.node * 61) % 1200,
        y: plan.y ?? 100,
        under: [...(plan.under ?? [target])],
      },
    });
    this.clicks.push({ at, generation: this.generation, id, noEffect: plan.noEffect ?? false });
    if (plan.submits) this.act(at, { kind: 'submit', target: plan.submits });
    if (plan.changesMs !== undefined) this.change(at + plan.changesMs);
    return id;
  }

  input(at: number, target: CapturedElement): number {
    return this.act(at, { kind: 'input', target });
  }

  submit(at: number, target: CapturedElement): number {
    return this.act(at, { kind: 'submit', target });
  }

  /** @returns the id of the request. */
  request(at: number, url: string, plan: RequestPlan = {}): string {
    const order = this.nextOrder++;
    const id = `r${order}`;
    const { action, status = 200, answerMs = 40, readMs = answerMs === null ? null : answerMs + 2, failure } = plan;
    const base = {
      ...{ id, kind: plan.kind ?? 'fetch', method: plan.method ?? 'GET', url, order },
      ...(action === undefined ? {} : { action }),
    };
    this.requests.push({ id, at, generation: this.generation, action });
    this.plugin(at, CAPTURED.request, { ...base, phase: 'sent' });
    if (answerMs === null) return id;
    const answered = failure === undefined || failure === 'parse';
    if (answered)
      this.plugin(at + answerMs, CAPTURED.request, { ...base, phase: 'received', status, durationMs: answerMs });
    if (failure !== undefined) {
      const failedMs = answered ? (readMs ?? answerMs) : answerMs;
      this.plugin(at + failedMs, CAPTURED.request, { ...base, phase: 'failed', failure, durationMs: failedMs });
    } else if (readMs !== null && status < 400) {
      const shape = plan.shape === undefined ? {} : { shape: plan.shape };
      this.plugin(at + readMs, CAPTURED.request, { ...base, phase: 'consumed', status, durationMs: readMs, ...shape });
    }
    return id;
  }

  /** The page changes: nodes come into a region (a node id; the page's main region when left out). */
  change(at: number, region: number = PLACES.region, kind: 'add' | 'remove' | 'disable' | 'ambient' = 'add'): this {
    const node = this.nextNode++;
    const data = {
      source: IncrementalSource.Mutation,
      adds:
        kind === 'add' || kind === 'ambient'
          ? [
              {
                parentId: region,
                nextId: null,
                node: { type: 2, tagName: 'p', attributes: {}, childNodes: [], id: node },
              },
            ]
          : [],
      removes: kind === 'remove' || kind === 'ambient' ? [{ parentId: region, id: node - 1 }] : [],
      texts: [],
      attributes: kind === 'disable' ? [{ id: region, attributes: { disabled: '' } }] : [],
    };
    this.changes.push({ at, generation: this.generation, own: kind !== 'ambient' });
    return this.add(at, EventType.Incremental, data);
  }

  error(at: number, fields: Partial<CapturedError> & { message: string }): this {
    return this.plugin(at, CAPTURED.error, { kind: 'error', name: 'TypeError', ...fields });
  }

  console(at: number, level: CapturedConsole['level'], text: string, more: Partial<CapturedConsole> = {}): this {
    return this.plugin(at, CAPTURED.console, { level, args: [text], ...more });
  }

  /** Anything else that the SDK records. */
  captured<K extends CapturedName>(at: number, kind: K, payload: CapturedPayloads[K]): this {
    return this.plugin(at, CAPTURED[kind], payload);
  }

  /** The address changes without a new document. */
  go(at: number, url: string, kind: CapturedNavigation['kind'] = 'push'): this {
    this.url = url;
    return this.plugin(at, CAPTURED.navigation, { kind, url });
  }

  /** A new document: the same address when none is given. What is told after this belongs to it. */
  load(at: number, url: string = this.url): this {
    this.generation += 1;
    this.nextAction = 1;
    this.nextOrder = 1;
    this.open(at, url);
    return this;
  }

  /** Nothing is recorded after this. */
  end(at: number): this {
    this.endMs = Math.max(this.endMs, at);
    return this.add(at, EventType.Custom, { tag: 'end', payload: {} });
  }

  /** The recording: sorted, with seq counted from 0 in each generation. */
  events(): PlacedEvent[] {
    const effects = this.clicks.filter(({ noEffect }) => !noEffect).map((click) => this.effectOf(click));
    const entries = [...this.entries, ...effects].map((entry, index) => ({ entry, index }));
    entries.sort((a, b) => a.entry.at - b.entry.at || a.index - b.index);
    const counts = new Map<number, number>();
    return entries.map(({ entry: { at, generation, type, data } }) => {
      const seq = counts.get(generation) ?? 0;
      counts.set(generation, seq + 1);
      const filled = type === EventType.FullSnapshot ? this.snapshot() : data;
      const event = { type, data: filled, timestamp: STARTED_AT + at };
      return { window: 'w1', generation: `g${generation}`, seq, event };
    });
  }

  private open(at: number, url: string): void {
    this.url = url;
    this.plugin(at, CAPTURED.session, { sdk: 'test', url, userAgent: 'test' });
    this.add(at, EventType.Meta, { href: url, width: 1280, height: 800 });
    this.add(at, EventType.FullSnapshot, null);
  }

  private snapshot(): unknown {
    const element = (id: number, tagName: string, childNodes: unknown[]) => ({
      ...{ id, type: 2, tagName, attributes: {}, childNodes },
    });
    const inBody = this.elements.map(({ node, tag, label }) =>
      element(node, tag, [{ id: node + 1, type: 3, textContent: label ?? '' }]),
    );
    const body = element(PLACES.body, 'body', [element(PLACES.region, 'main', []), ...inBody]);
    return { node: { id: 1, type: 0, childNodes: [element(PLACES.html, 'html', [body])] } };
  }

  private effectOf({ at, generation, id }: PendingClick): Entry {
    const inTime = (other: { at: number; generation: number }): boolean =>
      other.generation === generation && other.at >= at && other.at <= at + EFFECT_MS;
    const changes = this.changes.filter((change) => change.own && inTime(change)).map((change) => change.at);
    const navigated = this.entries.some(
      (entry) => inTime(entry) && JSON.stringify(entry.data).includes(CAPTURED.navigation),
    );
    const payload = {
      ...{ action: id, observedMs: EFFECT_MS, mutations: changes.length, navigated },
      firstMutationMs: changes.length > 0 ? Math.min(...changes) - at : null,
      requests: this.requests.filter((one) => one.generation === generation && one.action === id).map((one) => one.id),
      ...{ scrolled: false, focusMoved: false },
    };
    return { at: at + EFFECT_MS, generation, type: EventType.Plugin, data: { plugin: CAPTURED.effect, payload } };
  }

  private act(at: number, fields: Omit<CapturedAction, 'id'>): number {
    const id = this.nextAction++;
    this.plugin(at, CAPTURED.action, { id, ...fields });
    return id;
  }

  private plugin(at: number, plugin: string, payload: unknown): this {
    return this.add(at, EventType.Plugin, { plugin, payload });
  }

  private add(at: number, type: number, data: unknown): this {
    this.entries.push({ at, generation: this.generation, type, data });
    return this;
  }
}
