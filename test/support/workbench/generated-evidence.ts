import type { Diagnosis, Finding } from '../../../shared/model/finding.ts';
import { GenerationId } from '../../../shared/model/identity.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import { generatedDetails } from './generated-details.ts';

const generation = GenerationId.parse('g1');

type Fact = Pick<Signal, 'kind' | 'severity' | 'text'> & {
  readonly atMs: number;
  readonly endMs?: number;
  readonly details?: Signal['details'];
};

const consoleDetails = (level: string, args: readonly string[]): Signal['details'] => ({
  level,
  args,
  stack: 'Error\n    at warn (https://shop.acme.test/app.js:10:4)\n    at render (https://shop.acme.test/app.js:88:12)',
  action: null,
  request: null,
});

const requestDetails = (
  method: string,
  url: string,
  status: number,
  more: Signal['details'] = {},
): Signal['details'] => ({
  id: url,
  api: 'fetch',
  method,
  url: `https://shop.acme.test${url}`,
  origin: 'https://shop.acme.test',
  route: url,
  status,
  durationMs: 120,
  contentType: 'application/json',
  shape: null,
  failure: null,
  pending: false,
  traceId: null,
  ...more,
});

const backendDetails = (more: Signal['details']): Signal['details'] => ({
  ...{ service: 'cart-service', request: 'b1', page: { generation: 'g1', request: 'r9' } },
  ...{ recordedAt: 0, offsetMs: -3200, ...more },
});

const STORY: readonly Fact[] = [
  { atMs: 0, kind: 'page', severity: 'info', text: '/checkout' },
  { atMs: 2140, kind: 'input', severity: 'info', text: 'Input in "Card number"' },
  {
    atMs: 6800,
    kind: 'console',
    severity: 'warning',
    text: 'console.warn: componentWillMount has been renamed',
    details: consoleDetails('warn', [
      'componentWillMount has been renamed',
      '{component: "Cart", props: {items: [1, 2], open: true}}',
    ]),
  },
  { atMs: 9420, kind: 'click', severity: 'info', text: 'Click "Pay"' },
  {
    atMs: 9436,
    endMs: 9871,
    kind: 'request',
    severity: 'error',
    text: 'POST /api/orders -> 500',
    details: requestDetails('POST', '/api/orders?cart=~1f3a', 500, {
      shape: '{error:string,retry:boolean}',
      durationMs: 435,
    }),
  },
  { atMs: 11_900, kind: 'click', severity: 'info', text: 'Click "Pay"' },
  { atMs: 12_240, kind: 'click', severity: 'info', text: 'Click "Pay"' },
  { atMs: 12_610, kind: 'click', severity: 'info', text: 'Click "Pay"' },
  {
    atMs: 15_020,
    kind: 'error',
    severity: 'error',
    text: "TypeError: Cannot read properties of undefined (reading 'total')",
  },
  { atMs: 21_400, kind: 'gap', severity: 'warning', text: '12 recorded events are missing' },
  { atMs: 30_000, kind: 'page', severity: 'info', text: '/cart' },
  {
    atMs: 30_200,
    endMs: 30_260,
    kind: 'backend',
    severity: 'error',
    text: 'cart-service: GET /api/cart/:id -> 503',
    details: backendDetails({
      ...{ type: 'request', method: 'GET', url: '/api/cart/7', route: '/api/cart/:id', status: 503, durationMs: 60 },
      ...{ end: 'answered', traceId: 'ab'.repeat(16), requestBytes: null, responseBytes: 71 },
      ...{ requestHeaders: {}, responseHeaders: { 'retry-after': '3' } },
    }),
  },
  {
    atMs: 30_220,
    kind: 'backend',
    severity: 'error',
    text: 'cart-service: StockError: the warehouse is closed',
    details: backendDetails({
      ...{ type: 'error', kind: 'request', name: 'StockError', message: 'the warehouse is closed' },
      stack: 'StockError: the warehouse is closed\n    at stockOf (/srv/cart/stock.js:12:9)',
    }),
  },
];

/** The facts of a generated session: one told story, then `more` clicks and requests. */
export function generatedSignals(row: SessionRow, more = 400): readonly Signal[] {
  const filler = Array.from(
    { length: more },
    (_, index): Fact => ({
      atMs: 31_000 + index * 180,
      kind: index % 3 === 0 ? 'click' : 'request',
      severity: 'info',
      text: index % 3 === 0 ? `Click "Product ${index}"` : `GET /api/products/${index} -> 200`,
      ...(index % 3 === 0
        ? {}
        : { details: requestDetails('GET', `/api/products/${index}`, 200), endMs: 31_000 + index * 180 + 120 }),
    }),
  );
  return [...STORY, ...filler]
    .filter(({ atMs }) => atMs <= row.durationMs)
    .map(({ atMs, endMs, kind, severity, text, details }, index) => ({
      id: `s${index}`,
      kind,
      at: row.startedAt + atMs,
      ...(endMs === undefined ? {} : { endAt: row.startedAt + endMs }),
      severity,
      page: 'https://shop.acme.test/checkout',
      text,
      window: 'w1',
      events: [{ generation, seq: index }],
      ...(kind === 'click' ? { element: { node: 42, selector: '#pay', label: 'Pay', tag: 'button' } } : {}),
      details: { ...generatedDetails(kind, text), ...details },
    }));
}

const paid = (row: SessionRow): Finding => {
  const at = (atMs: number): number => row.startedAt + atMs;
  const events = [{ generation, seq: 3 }];
  return {
    id: 'f1',
    fingerprint: 'server-error-swallowed POST /api/orders 5xx',
    fault: 'server-error-swallowed',
    verdict: 'confirmed',
    title: 'POST /api/orders answered 500 and the page showed nothing',
    chain: [
      { role: 'action', at: at(9420), text: 'Click "Pay"', signals: ['s3'], events, node: 42 },
      {
        role: 'request',
        at: at(9436),
        text: 'POST /api/orders',
        signals: ['s4'],
        events,
        edge: { rule: 'token', strength: 0.9, why: 'The click started this request.' },
      },
      {
        role: 'response',
        at: at(9871),
        text: '500 Internal Server Error after 435 ms',
        signals: ['s4'],
        events,
        edge: { rule: 'identity', strength: 1, why: 'It is the answer to this request.' },
      },
      {
        role: 'effect',
        at: at(9871),
        text: 'No visible change within 3 s',
        signals: [],
        events: [],
        node: 42,
        edge: { rule: 'key', strength: 0.6, why: 'Nothing under the form changed after the answer.' },
      },
      {
        role: 'reaction',
        at: at(11_900),
        text: '3 more clicks on "Pay" within 1 s',
        signals: ['s5', 's6', 's7'],
        events,
        node: 42,
        edge: { rule: 'time', strength: 0.3, why: 'They follow 2 s after the failed attempt, on the same button.' },
      },
    ],
    against: [{ text: 'A toast could have been shown outside of the recorded document.', signals: [] }],
    missing: ['The body of the answer was not recorded, so the reason the server gave is not known.'],
    score: 9,
  };
};

/** The diagnosis that fits a generated session's one-line verdict. */
export function generatedDiagnosis(row: SessionRow): Diagnosis {
  if (row.verdict?.startsWith('nothing') ?? false) {
    return { version: 1, outcome: 'nothing-wrong', summary: 'nothing wrong found', findings: [], frustrations: [] };
  }
  const best = paid(row);
  const other: Finding = {
    ...best,
    id: 'f2',
    fault: 'script-error',
    fingerprint: 'script-error TypeError',
    verdict: 'inconclusive',
    title: 'A TypeError was thrown five seconds after the click',
    chain: best.chain.slice(0, 2),
    against: [],
    score: 2,
  };
  return {
    version: 1,
    outcome: 'fault-found',
    summary: row.verdict ?? '',
    findings: [best, other],
    frustrations: [
      {
        detector: 'rage-click@1',
        kind: 'rage-click',
        at: row.startedAt + 11_900,
        endAt: row.startedAt + 12_610,
        text: '4 clicks on "Pay" within 3.2 s',
        page: 'https://shop.acme.test/checkout',
        signals: ['s3', 's5', 's6', 's7'],
        node: 42,
      },
    ],
  };
}
