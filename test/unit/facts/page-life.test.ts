import { describe, expect, test } from 'vitest';
import { deriveSession, type Fact, isFact } from '../../../shared/facts/index.ts';
import type { CapturedElement } from '../../../shared/model/captured.ts';
import type { SignalKind } from '../../../shared/model/signal.ts';
import { SessionBuilder, STARTED_AT } from '../../support/session-builder.ts';

const END_MS = 20_000;

function factsOf<K extends SignalKind>(session: SessionBuilder, kind: K): Fact<K>[] {
  const { signals, summary } = deriveSession(session.end(END_MS).events());
  expect(summary.skipped).toBe(0);
  return signals.filter((signal) => isFact(signal, kind)) as Fact<K>[];
}

const ratings = (name: Fact<'vital'>['details']['name'], ...values: number[]): string[] => {
  const session = new SessionBuilder();
  for (const [i, value] of values.entries())
    session.captured(100 + i, 'vital', { id: `v${i}`, name, value, at: STARTED_AT });
  return factsOf(session, 'vital').map(({ details }) => details.rating);
};

describe('vitals', () => {
  test('are rated by the published limits, which belong to the better side', () => {
    expect(ratings('LCP', 2500, 2501, 4000, 4001)).toEqual(['good', 'needs-improvement', 'needs-improvement', 'poor']);
    expect(ratings('INP', 200, 201, 501)).toEqual(['good', 'needs-improvement', 'poor']);
    expect(ratings('CLS', 0.1, 0.11, 0.26)).toEqual(['good', 'needs-improvement', 'poor']);
    expect(ratings('FCP', 1800, 3001)).toEqual(['good', 'poor']);
    expect(ratings('TTFB', 800, 1801)).toEqual(['good', 'poor']);
  });

  test('count once for each showing of the page, with the latest value, inside the recording', () => {
    const session = new SessionBuilder();
    session.captured(500, 'vital', { id: 'a', name: 'CLS', value: 0.05, at: STARTED_AT - 900 });
    session.captured(9000, 'vital', { id: 'a', name: 'CLS', value: 0.31, at: STARTED_AT + 4000, selector: '#ad' });
    session.captured(9001, 'vital', { id: 'b', name: 'CLS', value: 0, at: STARTED_AT - 900 });
    const [restored, first] = factsOf(session, 'vital');
    expect(restored).toMatchObject({ at: STARTED_AT, text: 'CLS 0.000 (good)' });
    expect(first).toMatchObject({ at: STARTED_AT + 4000, severity: 'warning', text: 'CLS 0.310 (poor)' });
    expect(first?.details).toMatchObject({ value: 0.31, selector: '#ad' });
    expect(first?.events).toHaveLength(2);
  });
});

test('a busy page: long tasks, long frames with their scripts, slow interactions', () => {
  const session = new SessionBuilder();
  const at = STARTED_AT;
  session.captured(1200, 'task', { kind: 'task', at: at + 1000, durationMs: 180, blockingMs: 0 });
  const scripts = [{ durationMs: 580, invoker: 'BUTTON#pay.onclick', source: 'https://shop.test/app.js' }];
  session.captured(2700, 'task', { kind: 'frame', at: at + 2000, durationMs: 620, blockingMs: 550, scripts });
  const slow = { type: 'click', at: at + 3000, durationMs: 312, delayMs: 12, processingMs: 280, action: 7 };
  session.captured(3400, 'interaction', slow);
  const [task, frame, interaction] = factsOf(session, 'task');
  expect(task).toMatchObject({ at: at + 1000, endAt: at + 1180, severity: 'info', text: 'Long task 180 ms' });
  expect(task?.details.blockingMs).toBe(130);
  expect(frame).toMatchObject({ severity: 'warning', text: 'Long frame 620 ms in BUTTON#pay.onclick' });
  expect(interaction).toMatchObject({ text: 'Slow click 312 ms', endAt: at + 3312 });
  expect(interaction?.details).toMatchObject({ type: 'interaction', action: 7, delayMs: 12, blockingMs: 112 });
});

test('requests carry what was measured, kept and sent along', () => {
  const session = new SessionBuilder();
  const id = session.request(1000, '/api/orders', { answerMs: 300 });
  const timing = { totalMs: 310, queueMs: 4, dnsMs: 6, waitMs: 250, downloadMs: 9, transferBytes: 0, cached: true };
  session.captured(1400, 'timing', { id, at: STARTED_AT + 1000, ...timing });
  session.captured(1401, 'timing', { id: 'r99', at: STARTED_AT + 1000, totalMs: 1 });
  session.captured(2000, 'request', {
    ...{ id: 'r2', phase: 'sent', kind: 'xhr', method: 'PUT', url: '/api/cart', order: 2 },
    ...{ headers: { 'x-request-id': 'a1' }, body: '{"qty":"<number>"}', requestBytes: 9 },
  });
  session.captured(2100, 'request', {
    ...{ id: 'r2', phase: 'received', kind: 'xhr', method: 'PUT', url: '/api/cart', order: 2, status: 200 },
    ...{ headers: { 'server-timing': 'db;dur=5' }, responseBytes: 40 },
  });
  const [order, cart] = factsOf(session, 'request').map(({ details }) => details);
  expect(order?.timing).toMatchObject({ ...timing, tlsMs: null, protocol: null, worker: false });
  expect(cart).toMatchObject({
    ...{ timing: null, requestHeaders: { 'x-request-id': 'a1' }, responseHeaders: { 'server-timing': 'db;dur=5' } },
    ...{ requestBody: '{"qty":"<number>"}', responseBody: null, requestBytes: 9, responseBytes: 40 },
  });
});

test('a stream is one signal from connecting to its end', () => {
  const session = new SessionBuilder();
  const base = { id: 'w1', kind: 'websocket', url: 'wss://shop.test/live/4711', action: 3 } as const;
  session
    .captured(1000, 'stream', { ...base, phase: 'connecting' })
    .captured(1080, 'stream', { ...base, phase: 'open' });
  session.captured(5000, 'stream', {
    ...base,
    phase: 'traffic',
    sent: 2,
    sentBytes: 20,
    received: 9,
    receivedBytes: 900,
  });
  session.captured(6000, 'stream', { ...base, phase: 'closed', code: 1006, clean: false, received: 10 });
  session.captured(7000, 'stream', { id: 'w2', kind: 'eventsource', url: '/feed', phase: 'connecting' });
  session.captured(7050, 'stream', { id: 'w2', kind: 'eventsource', url: '/feed', phase: 'error' });
  const [socket, feed] = factsOf(session, 'stream');
  expect(socket).toMatchObject({ at: STARTED_AT + 1000, endAt: STARTED_AT + 6000, severity: 'warning' });
  expect(socket?.text).toBe('WebSocket /live/4711 -> closed 1006');
  expect(socket?.details).toMatchObject({ route: '/live/:id', openedAt: STARTED_AT + 1080, received: 10, action: 3 });
  expect(feed).toMatchObject({ severity: 'error', text: 'EventSource /feed -> failed' });
  expect(feed?.details).toMatchObject({ openedAt: null, failures: 1, closed: false, origin: 'https://shop.test' });
});

test('a form tells its fields in order and begins with the first focus', () => {
  const session = new SessionBuilder();
  const element = (tag: string, label: string): CapturedElement => session.element(tag, label);
  const field = { visits: 2, focusMs: 4000, edits: 3, refills: 1, filled: true };
  session.captured(9000, 'form', {
    ...{ form: element('form', 'Address'), outcome: 'abandoned', durationMs: 6000 },
    fields: [{ field: element('input', 'Street'), type: 'text', order: 1, ...field, invalid: true }],
  });
  const [form] = factsOf(session, 'form');
  expect(form).toMatchObject({ at: STARTED_AT + 3000, endAt: STARTED_AT + 9000 });
  expect(form?.text).toBe('Form "Address" given up after 1 field');
  expect(form?.details.fields[0]).toMatchObject({ ...field, invalid: true, autofilled: false });
});

test('surroundings, tracked words and what was left out', () => {
  const session = new SessionBuilder();
  session.captured(1000, 'state', { aspect: 'connection', value: 'offline' });
  session.captured(4000, 'state', { aspect: 'connection', value: 'online', durationMs: 3000 });
  session.captured(4500, 'state', { aspect: 'storage', value: 'quota', detail: 'localStorage' });
  session.captured(5000, 'track', { kind: 'flag', name: 'new-checkout', value: true });
  session.captured(5001, 'track', { kind: 'event', name: 'order placed', data: { total: 12 } });
  session.captured(9000, 'omission', { what: 'everything', reason: 'paused', since: STARTED_AT + 6000 });
  session.captured(9500, 'omission', { what: 'console', reason: 'too many', count: 70 });
  const { signals } = deriveSession(session.end(END_MS).events());
  const lines = signals.filter(({ kind }) => ['state', 'track', 'omission'].includes(kind));
  expect(lines.map(({ severity, text }) => `${severity} ${text}`)).toEqual([
    'warning Connection offline',
    'info Connection online',
    'warning Storage quota (localStorage)',
    'info new-checkout = true',
    'info order placed',
    'info Nothing was recorded: paused',
    'info The console not recorded: too many (70)',
  ]);
  expect(lines[5]).toMatchObject({ at: STARTED_AT + 6000, endAt: STARTED_AT + 9000 });
});

test('violations and caught exceptions are errors that are not counted as uncaught', () => {
  const session = new SessionBuilder();
  session.captured(1000, 'violation', {
    ...{ directive: 'img-src', blocked: 'https://ads.test/a.png', disposition: 'enforce' },
  });
  session.error(2000, { message: 'declined', handled: true }).error(3000, { message: 'boom' });
  const { signals, summary } = deriveSession(session.end(END_MS).events());
  const errors = signals.filter((signal) => isFact(signal, 'error')) as Fact<'error'>[];
  expect(errors.map(({ severity, details }) => [severity, details.type, details.handled])).toEqual([
    ['warning', 'csp', false],
    ['warning', 'error', true],
    ['error', 'error', false],
  ]);
  expect(errors[0]?.text).toBe('Blocked by img-src: https://ads.test/a.png');
  expect(summary.errors).toBe(1);
});

test('the browser says whether a page was loaded again, and that it came back as it was', () => {
  const session = new SessionBuilder('https://shop.test/');
  session.load(2000).captured(2001, 'navigation', { kind: 'load', url: 'https://shop.test/', type: 'navigate' });
  session.captured(5000, 'navigation', { kind: 'pop', url: 'https://shop.test/', cached: true });
  session.load(9000).captured(9001, 'navigation', { kind: 'load', url: 'https://shop.test/', type: 'reload' });
  expect(factsOf(session, 'page').map(({ text, details }) => [text, details.reload, details.restored])).toEqual([
    ['Open /', false, false],
    ['Open /', false, false],
    ['Back at /', false, true],
    ['Reload /', true, false],
  ]);
});

test('what the browser drops when the page is left is no failure of the network, unless the page came back', () => {
  const session = new SessionBuilder();
  const page = { url: 'https://shop.test/pay' };
  session.request(100, 'https://shop.test/a', { failure: 'network', answerMs: 10 });
  session.request(200, 'https://shop.test/b', { failure: 'network', answerMs: 810 });
  session.captured(1000, 'navigation', { kind: 'leave', ...page, cached: true });
  session.captured(5000, 'navigation', { kind: 'pop', ...page, cached: true });
  session.request(5010, 'https://shop.test/c', { failure: 'network', answerMs: 10 });
  expect(factsOf(session, 'request').map(({ details }) => details.failure)).toEqual(['network', 'aborted', 'network']);
});
