import { captureFetch } from '../../../web/src/capture/fetch.ts';
import type { Requests } from '../../../web/src/capture/requests.ts';
import { captureXhr } from '../../../web/src/capture/xhr.ts';
import type { Scope } from '../../../web/src/scope.ts';

/** Records `fetch` and `XMLHttpRequest`. React Native makes the first by the second: what `fetch` asks for is recorded once. */
export function captureNetwork(app: Window & typeof globalThis, scope: Scope, requests: Requests): void {
  let fetching = 0;
  const other: Requests = { ...requests, sent: (sending) => (fetching > 0 ? undefined : requests.sent(sending)) };
  if (app.XMLHttpRequest) scope.run(() => captureXhr(app, scope, other));
  if (!app.fetch) return;
  // Inside of what follows, so that this counts only while the app's own `fetch` runs.
  scope.patch(app, 'fetch', (call) => {
    fetching += 1;
    try {
      return call();
    } finally {
      fetching -= 1;
    }
  });
  scope.run(() => captureFetch(app, scope, requests));
}
