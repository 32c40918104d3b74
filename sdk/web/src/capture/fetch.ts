import type { Scope } from '../scope.ts';
import { headerPairs } from './headers.ts';
import {
  bodyBytes,
  byteLength,
  mediaType,
  type Requests,
  type Sending,
  shapeOfText,
  type Tracked,
} from './requests.ts';
import { shapeOf } from './shape.ts';
import { withHeaders } from './trace.ts';

/** Why a fetch or a body failed, by the name of what was thrown. */
function failureOf(error: unknown): 'aborted' | 'timeout' | 'network' {
  const name = (error as { name?: unknown } | null)?.name;
  if (name === 'AbortError') return 'aborted';
  return name === 'TimeoutError' ? 'timeout' : 'network';
}

function describeCall(args: readonly unknown[]): Sending {
  const [input, init] = args as [RequestInfo | URL, RequestInit | undefined];
  const request = typeof input === 'object' && 'url' in input ? input : undefined;
  return {
    kind: 'fetch',
    method: init?.method ?? request?.method ?? 'GET',
    url: request?.url ?? String(input),
    body: init?.body,
    headers: headerPairs(init?.headers ?? request?.headers),
  };
}

/**
 * Records `fetch` and the reading of its answers. The page gets the browser's own objects; the promises it gets are one
 * microtask behind, which is what lets its continuation run inside the cause. Bodies are looked at only when the page
 * itself reads them as JSON or text: no clone, no second reader, no delay.
 */
export function captureFetch(page: Window & typeof globalThis, scope: Scope, requests: Requests): void {
  const answers = new WeakMap<object, Tracked>();

  scope.patch(page, 'fetch', (call, args) => {
    const request = scope.run(() => requests.sent(describeCall(args)));
    const told = request && scope.run(() => withHeaders(args, request.headers));
    const promise = call(told) as Promise<Response>;
    if (!request || typeof promise?.then !== 'function') return promise;
    return promise.then(
      (response) => {
        scope.run(() => {
          answers.set(response, request);
          const { headers } = response;
          const contentType = mediaType(headers.get('content-type'));
          const responseBytes = byteLength(headers.get('content-length'));
          requests.received(request, { status: response.status, contentType, responseBytes, headers });
          requests.enter(request);
        });
        return response;
      },
      (error: unknown) => {
        scope.run(() => {
          requests.failed(request, failureOf(error), error);
          requests.enter(request);
        });
        throw error;
      },
    );
  });

  const prototype = page.Response.prototype;
  scope.patch(prototype, 'clone', (call, _args, self) => {
    const copy = call() as Response;
    const request = answers.get(self as object);
    if (request) answers.set(copy, request);
    return copy;
  });

  for (const name of ['json', 'text', 'arrayBuffer', 'blob', 'bytes', 'formData']) {
    scope.patch(prototype, name, (call, _args, self) => {
      const request = answers.get(self as object);
      const promise = call() as Promise<unknown>;
      if (!request) return promise;
      return promise.then(
        (value) => {
          scope.run(() => {
            const contentType = mediaType((self as Response).headers.get('content-type'));
            const text = name === 'text' ? String(value) : undefined;
            requests.consumed(request, {
              status: (self as Response).status,
              contentType,
              responseBytes: text === undefined ? undefined : bodyBytes(text),
              body: value,
              shape: name === 'json' ? shapeOf(value) : shapeOfText(text ?? '', contentType),
            });
            requests.enter(request);
          });
          return value;
        },
        (error: unknown) => {
          scope.run(() => {
            requests.failed(request, error instanceof SyntaxError ? 'parse' : failureOf(error), error);
            requests.enter(request);
          });
          throw error;
        },
      );
    });
  }
}
