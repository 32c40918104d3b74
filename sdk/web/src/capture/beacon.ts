import type { Scope } from '../scope.ts';
import type { Requests } from './requests.ts';

/** Records `navigator.sendBeacon`, whose answer nobody sees: it is sent, or the browser refused it. */
export function captureBeacon(page: Window & typeof globalThis, scope: Scope, requests: Requests): void {
  scope.patch(page.Navigator.prototype, 'sendBeacon', (call, args) => {
    const [url, body] = args;
    const request = scope.run(() => requests.sent({ kind: 'beacon', method: 'POST', url: String(url), body }));
    const taken = call();
    if (request && taken === false) scope.run(() => requests.failed(request, 'network'));
    return taken;
  });
}
