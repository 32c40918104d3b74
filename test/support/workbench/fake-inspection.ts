import type { HandlersOf } from '../../../shared/ipc/call.ts';
import type { CallContext } from '../../../shared/ipc/dispatch.ts';
import type { EngineCalls } from '../../../shared/ipc/engine-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import { GenerationId } from '../../../shared/model/identity.ts';
import type { EventRow } from '../../../shared/model/inspection.ts';
import { findInOutline, outline, pathTo } from '../../../shared/replay/outline.ts';
import { AS_RECORDED } from '../../../shared/replay/recorded-policy.ts';
import { createRecordingIndex } from '../../../shared/replay/recording-index.ts';

type Inspections = Pick<
  HandlersOf<EngineCalls, CallContext>,
  'recording.elements' | 'recording.findElements' | 'recording.events' | 'recording.eventAt' | 'recording.event'
>;

interface FakeEvent {
  readonly type: number;
  readonly timestamp: number;
  readonly kind: string;
  readonly data: unknown;
}

const generation = GenerationId.parse('g1');

const element = (id: number, tagName: string, attributes: object, ...childNodes: unknown[]) => ({
  type: 2,
  id,
  tagName,
  attributes,
  childNodes,
});
const text = (id: number, textContent: string) => ({ type: 3, id, textContent });

/** A made-up checkout; node 42 is the button that the generated evidence names. */
const PAGE = {
  type: 0,
  id: 1,
  childNodes: [
    { type: 1, id: 2, name: 'html', publicId: '', systemId: '' },
    element(
      3,
      'html',
      { lang: 'en' },
      element(4, 'head', {}, element(5, 'title', {}, text(6, 'Checkout'))),
      element(
        7,
        'body',
        { class: 'page page-checkout' },
        element(8, 'h1', {}, text(9, 'Checkout')),
        element(
          10,
          'form',
          { id: 'pay-form', method: 'post' },
          element(11, 'label', { for: 'card' }, text(12, 'Card number')),
          element(13, 'input', { id: 'card', name: 'card', autocomplete: 'cc-number' }),
          element(42, 'button', { id: 'pay', type: 'submit', 'data-testid': 'pay' }, text(43, 'Pay')),
        ),
        element(14, 'script', { src: 'https://shop.acme.test/app.js' }),
      ),
    ),
  ],
};

const EVENTS: readonly FakeEvent[] = [
  { type: 4, timestamp: 0, kind: 'meta', data: { href: 'https://shop.acme.test/checkout', width: 1280, height: 720 } },
  { type: 2, timestamp: 10, kind: 'full snapshot', data: { node: PAGE, initialOffset: { top: 0, left: 0 } } },
  ...Array.from({ length: 600 }, (_, index) => ({
    type: 3,
    timestamp: 100 + index * 150,
    kind: 'mouse move',
    data: { source: 1, positions: [{ x: index, y: 10, id: 7, timeOffset: 0 }] },
  })),
  {
    type: 3,
    timestamp: 9871,
    kind: 'mutation',
    data: {
      source: 0,
      texts: [],
      removes: [],
      attributes: [{ id: 42, attributes: { disabled: '' } }],
      adds: [
        { parentId: 10, nextId: null, node: element(50, 'p', { role: 'alert' }) },
        { parentId: 50, nextId: null, node: text(51, 'Payment declined') },
      ],
    },
  },
].sort((a, b) => a.timestamp - b.timestamp);

/** The page and the events of every generated session: one checkout, to which a notice comes at 0:09.8. */
export function fakeInspection(): Inspections {
  const index = createRecordingIndex({ policy: AS_RECORDED, complain: () => {} }, 0);
  index.add({ generation, firstSeq: 0 }, EVENTS);
  const treeAt = (atMs: number) => {
    const view = index.viewAt(atMs, null);
    if (!view) throw new AppError('internal', 'the fake page is not there');
    return view.moment.tree;
  };
  const rows: readonly EventRow[] = EVENTS.map(({ timestamp, kind, ...event }, seq) => ({
    generation,
    seq,
    window: 'w1',
    atMs: timestamp,
    kind,
    size: JSON.stringify(event).length,
  }));
  const filtered = (kinds: readonly string[] | null, range: { fromMs: number; toMs: number } | null) =>
    rows.filter(
      ({ kind, atMs }) =>
        (kinds?.includes(kind) ?? true) && (range === null || (atMs >= range.fromMs && atMs <= range.toMs)),
    );
  const kinds = [...new Set(rows.map(({ kind }) => kind))].map((kind) => ({
    kind,
    count: rows.filter((row) => row.kind === kind).length,
  }));
  return {
    'recording.elements': ({ atMs, toggled, offset, limit, ...input }) => {
      const shown = outline(treeAt(atMs), new Set(input.generation === generation ? toggled : []), offset, limit);
      return { generation, rows: [...shown.rows], total: shown.total };
    },
    'recording.findElements': ({ atMs, what, limit }) => {
      const tree = treeAt(atMs);
      if ('text' in what) {
        const found = findInOutline(tree, what.text, limit);
        return { generation, matches: [...found.matches], total: found.total };
      }
      const path = pathTo(tree, what.node);
      return { generation, matches: path ? [{ id: what.node, path }] : [], total: path ? 1 : 0 };
    },
    'recording.events': ({ offset, limit, range, ...input }) => {
      const found = filtered(input.kinds, range);
      return { rows: found.slice(offset, offset + limit), total: found.length, kinds };
    },
    'recording.eventAt': ({ atMs, range, ...input }) => ({
      index: filtered(input.kinds, range).findLastIndex((row) => row.atMs <= atMs),
    }),
    'recording.event': ({ seq }) => {
      const event = EVENTS[seq];
      if (!event) throw new AppError('not-found', 'This event is not in the recording any more.');
      const { kind, ...recorded } = event;
      return { json: JSON.stringify(recorded, null, 2), cut: false };
    },
  };
}
