import { CAPTURED } from '../../../shared/model/captured.ts';
import { EventType, IncrementalSource, type RecordedEvent } from '../../../shared/model/recorded-event.ts';

const START = 1_700_000_000_000;
const HOUR_MS = 3_600_000;

const plugin = (at: number, name: string, payload: unknown): RecordedEvent => ({
  type: EventType.Plugin,
  timestamp: START + at,
  data: { plugin: name, payload },
});

const button = (node: number, label: string) => ({
  node,
  selector: `#b${node}`,
  tag: 'button',
  label,
  role: 'button',
  interactive: true,
});

/**
 * One hour of a shop visit in `count` events: ordinary clicks with an effect all along, and near the end a payment that the
 * server answers with 500 and the page swallows, followed by impatient clicks. Made from the seed of the event's number.
 */
export function oneHour(count: number): RecordedEvent[] {
  const events: RecordedEvent[] = [
    { type: EventType.Meta, timestamp: START, data: { href: 'https://shop.example/', width: 1280, height: 800 } },
    { type: EventType.FullSnapshot, timestamp: START + 1, data: { node: page(), initialOffset: { top: 0, left: 0 } } },
    plugin(2, CAPTURED.session, { sdk: '1', url: 'https://shop.example/', userAgent: 'bench' }),
    plugin(3, CAPTURED.navigation, { kind: 'load', url: 'https://shop.example/' }),
  ];
  let action = 0;
  let order = 0;
  const step = HOUR_MS / count;
  const call = (at: number, url: string, status: number): void => {
    const base = { id: `r${++order}`, kind: 'fetch', method: 'POST', url, order, action };
    events.push(plugin(at, CAPTURED.request, { ...base, phase: 'sent' }));
    events.push(plugin(at + 40, CAPTURED.request, { ...base, phase: 'received', status, durationMs: 40 }));
  };
  const click = (at: number, label: string, effect: number): void => {
    action++;
    events.push(
      plugin(at, CAPTURED.action, { id: action, kind: 'click', target: button(10 + (effect % 50), label), x: 1, y: 1 }),
    );
  };
  const settle = (at: number, mutations: number): void => {
    const seen = { observedMs: 1000, mutations, firstMutationMs: mutations ? 50 : null };
    const rest = { requests: [`r${order}`], navigated: false, scrolled: false, focusMoved: false };
    events.push(plugin(at, CAPTURED.effect, { action, ...seen, ...rest }));
  };
  for (let index = 0; events.length < count - 20; index++) {
    const at = Math.floor(5 + index * step);
    if (index % 200 === 0) {
      click(at, 'Add to cart', index);
      call(at + 2, 'https://shop.example/api/cart', 200);
      settle(at + 60, 4);
    } else events.push(textChange(at, index));
  }
  const at = HOUR_MS - 20_000;
  click(at, 'Pay', 0);
  call(at + 2, 'https://shop.example/api/orders', 500);
  settle(at + 1000, 0);
  for (let again = 1; again <= 4; again++) click(at + 1500 + again * 200, 'Pay', 0);
  return events;
}

const textChange = (at: number, index: number): RecordedEvent => ({
  type: EventType.Incremental,
  timestamp: START + at,
  data: {
    source: IncrementalSource.Mutation,
    texts: [{ id: 100 + (index % 500), value: `price ${index}` }],
    attributes: [],
    removes: [],
    adds: [],
  },
});

function page() {
  const text = (id: number) => ({
    type: 2,
    tagName: 'p',
    attributes: {},
    id: 1000 + id,
    childNodes: [{ type: 3, id, textContent: 'x' }],
  });
  const buttons = Array.from({ length: 60 }, (_, index) => ({
    type: 2,
    tagName: 'button',
    attributes: { id: `b${10 + index}` },
    id: 10 + index,
    childNodes: [],
  }));
  const body = Array.from({ length: 500 }, (_, index) => text(100 + index));
  const element = (tagName: string, id: number, childNodes: unknown[]) => ({
    type: 2,
    tagName,
    attributes: {},
    id,
    childNodes,
  });
  return {
    type: 0,
    id: 1,
    childNodes: [element('html', 2, [element('head', 3, []), element('body', 4, [...buttons, ...body])])],
  };
}
