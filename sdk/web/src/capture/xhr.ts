import type { Scope } from '../scope.ts';
import {
  bodyBytes,
  byteLength,
  type Facts,
  isJson,
  mediaType,
  type Requests,
  shapeOfText,
  type Tracked,
} from './requests.ts';
import { shapeOf } from './shape.ts';

interface Opened {
  readonly method: string;
  readonly url: string;
  request?: Tracked | undefined;
  received?: boolean;
}

function bodyFacts(xhr: XMLHttpRequest): Facts {
  const contentType = mediaType(xhr.getResponseHeader('content-type'));
  const facts = { status: xhr.status, contentType, responseBytes: byteLength(xhr.getResponseHeader('content-length')) };
  if (!isJson(contentType)) return facts;
  if (xhr.responseType === 'json') return { ...facts, shape: shapeOf(xhr.response) };
  if (xhr.responseType !== '' && xhr.responseType !== 'text') return facts;
  const text = xhr.responseText;
  return { ...facts, responseBytes: facts.responseBytes ?? bodyBytes(text), shape: shapeOfText(text, contentType) };
}

/** Records XMLHttpRequest. Listeners are added at `open`, so that they run before those the page usually adds after it. */
export function captureXhr(page: Window & typeof globalThis, scope: Scope, requests: Requests): void {
  const opened = new WeakMap<XMLHttpRequest, Opened>();

  const received = (xhr: XMLHttpRequest, state: Opened): void => {
    if (!state.request || state.received || xhr.status === 0) return;
    state.received = true;
    const contentType = mediaType(xhr.getResponseHeader('content-type'));
    requests.received(state.request, { status: xhr.status, contentType });
  };

  const listen = (xhr: XMLHttpRequest): void => {
    scope.listenWhileItLives(xhr, 'readystatechange', () => {
      const state = opened.get(xhr);
      if (!state?.request) return;
      if (xhr.readyState === 2) received(xhr, state);
      if (xhr.readyState !== 4) return;
      if (xhr.status !== 0) {
        received(xhr, state);
        requests.consumed(state.request, bodyFacts(xhr));
      }
      requests.enter(state.request);
    });
    for (const [type, failure] of [
      ['error', 'network'],
      ['abort', 'aborted'],
      ['timeout', 'timeout'],
    ] as const) {
      scope.listenWhileItLives(xhr, type, () => {
        const request = opened.get(xhr)?.request;
        if (!request) return;
        requests.failed(request, failure);
        requests.enter(request);
      });
    }
  };

  const prototype = page.XMLHttpRequest.prototype;
  scope.patch(prototype, 'open', (call, args, self) => {
    const result = call();
    scope.run(() => {
      const xhr = self as XMLHttpRequest;
      const [method, url] = args;
      if (!opened.has(xhr)) listen(xhr);
      opened.set(xhr, { method: String(method), url: String(url) });
    });
    return result;
  });
  scope.patch(prototype, 'send', (call, args, self) => {
    const state = opened.get(self as XMLHttpRequest);
    scope.run(() => {
      if (state) state.request = requests.sent('xhr', state.method, state.url, bodyBytes(args[0]));
    });
    return call();
  });
}
