import type { Signal } from '../../../shared/model/signal.ts';

const ORIGIN = 'https://shop.acme.test';

/** The details that the window and the checker look at, read out of the text of a generated signal. */
export function generatedDetails(kind: Signal['kind'], text: string): Signal['details'] {
  const [, method = 'GET', path = '/', status = '200'] = /^(\w+) (\S+) -> (\d+)/.exec(text) ?? [];
  const details: Partial<Record<Signal['kind'], Signal['details']>> = {
    page: { url: `${ORIGIN}${text}`, title: null, change: 'load', previous: null, reload: false, restored: false },
    click: {
      ...{ action: null, x: null, y: null, under: [], interactive: true, disabled: false, role: null, editable: false },
      ...{ covered: null, effect: null },
    },
    input: { action: null, act: 'input', key: null, cause: null },
    submit: { action: null, act: 'submit', key: null, cause: null },
    request: {
      ...{ id: text, api: 'fetch', method, url: `${ORIGIN}${path}`, origin: ORIGIN, route: path, sameOrigin: true },
      ...{ status: Number(status), durationMs: 435, order: null, consumedAt: null, shape: null, contentType: null },
      ...{ failure: null, action: null, traceId: null, pending: false, domObserved: false },
      ...{ requestBytes: null, responseBytes: null, requestHeaders: {}, responseHeaders: {}, timing: null },
      ...{ requestBody: null, responseBody: null },
      ...{ whileWaiting: null, afterAnswer: null, domChangedAfterConsumed: null },
    },
    console: { level: 'warn', args: [text], stack: null, action: null, request: null },
    error: {
      ...{ type: 'error', name: null, message: text, stack: null, source: null, line: null, column: null },
      ...{ action: null, request: null, domAfter: null, domObserved: false, handled: false },
    },
    gap: { missing: 12, firstSeq: 0, lastSeq: 11 },
  };
  return { ...details[kind] };
}
