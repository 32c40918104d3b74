import type { Scope } from '../scope.ts';
import { parsedHeaders } from './headers.ts';
import { bodyBytes, byteLength, type Facts, mediaType, type Requests, shapeOfText, type Tracked } from './requests.ts';
import { shapeOf } from './shape.ts';

interface Opened {
  readonly method: string;
  readonly url: string;
  /** Set by the page, in order. */
  readonly headers: [string, string][];
  request?: Tracked | undefined;
  received?: boolean;
}

function bodyFacts(xhr: XMLHttpRequest): Facts {
  const contentType = mediaType(xhr.getResponseHeader('content-type'));
  const facts = { status: xhr.status, contentType, responseBytes: byteLength(xhr.getResponseHeader('content-length')) };
  if (xhr.responseType === 'json') return { ...facts, shape: shapeOf(xhr.response), body: xhr.response };
  if (xhr.responseType !== '' && xhr.responseType !== 'text') return facts;
  const body = xhr.responseText;
  return {
    ...{ ...facts, body, responseBytes: facts.responseBytes ?? bodyBytes(body) },
    shape: shapeOfText(body, contentType),
  };
}

/** Records XMLHttpRequest. Listeners are added at `open`, so that they run before those the page usually adds after it. */
export function captureXhr(page: Window & typeof globalThis, scope: Scope, requests: Requests): void {
  const opened = new WeakMap<XMLHttpRequest, Opened>();

  const received = (xhr: XMLHttpRequest, state: Opened): void => {
    if (!state.request || state.received || xhr.status === 0) return;
    state.received = true;
    const contentType = mediaType(xhr.getResponseHeader('content-type'));
    requests.received(state.request, {
      ...{ status: xhr.status, contentType },
      headers: parsedHeaders(xhr.getAllResponseHeaders()),
    });
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
      opened.set(xhr, { method: String(method), url: String(url), headers: [] });
    });
    return result;
  });
  scope.patch(prototype, 'send', (call, args, self) => {
    const state = opened.get(self as XMLHttpRequest);
    scope.run(() => {
      if (!state) return;
      state.request = requests.sent({ kind: 'xhr', ...state, body: args[0] });
      for (const [name, value] of state.request?.headers ?? []) (self as XMLHttpRequest).setRequestHeader(name, value);
    });
    return call();
  });
  scope.patch(prototype, 'setRequestHeader', (call, args, self) => {
    const result = call();
    opened.get(self as XMLHttpRequest)?.headers.push([String(args[0]), String(args[1])]);
    return result;
  });
}
