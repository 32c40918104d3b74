import type { CapturedState } from '../../../../shared/model/captured-page.ts';
import { cut, type Emit } from '../captured.ts';
import type { Clock } from '../clock.ts';
import { maskUrl } from '../privacy/url.ts';
import type { Scope } from '../scope.ts';
import { type Causes, causeFields } from './causes.ts';

/** What watching the surroundings needs. */
export interface SurroundingsDeps {
  readonly emit: Emit;
  readonly clock: Clock;
  readonly causes: Causes;
}

/** The Network Information API, where there is one. */
interface Connection extends EventTarget {
  readonly effectiveType?: string;
}

/** The same failure again within so long is the same failure. */
const QUIET_MS = 60_000;

/** Records what changes around the page: whether it is seen, connected, may store, and which service worker stands before it. */
export function captureSurroundings(page: Window & typeof globalThis, scope: Scope, deps: SurroundingsDeps): void {
  const { emit, clock, causes } = deps;
  const { document, navigator } = page;
  const since = new Map<string, number>();
  const changed = (aspect: CapturedState['aspect'], value: string, detail?: string): void => {
    const before = since.get(aspect);
    since.set(aspect, clock.now());
    emit('state', {
      ...{ aspect, value },
      ...(detail ? { detail: cut(detail, 300) } : {}),
      ...(before === undefined ? {} : { durationMs: clock.now() - before }),
    });
  };

  since.set('visibility', clock.now());
  scope.listen(document, 'visibilitychange', () => changed('visibility', document.visibilityState));
  scope.listen(document, 'freeze', () => changed('visibility', 'frozen'));
  scope.listen(document, 'resume', () => changed('visibility', 'resumed'));

  const { connection } = navigator as { readonly connection?: Connection };
  if (!navigator.onLine) changed('connection', 'offline');
  scope.listen(page, 'offline', () => changed('connection', 'offline'));
  scope.listen(page, 'online', () => changed('connection', 'online', connection?.effectiveType));
  let quality = connection?.effectiveType;
  if (connection) {
    scope.listen(connection, 'change', () => {
      if (connection.effectiveType === quality || !navigator.onLine) return;
      quality = connection.effectiveType;
      changed('connection', quality ?? 'unknown');
    });
  }
  captureStorageFailures(page, scope, deps);

  // Not on plain-http pages.
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!container) return;
  const current = () => (container.controller ? maskUrl(container.controller.scriptURL) : undefined);
  if (container.controller) changed('worker', 'controls', current());
  scope.listen(container, 'controllerchange', () => changed('worker', 'changed', current()));
  scope.patch(page.ServiceWorkerContainer.prototype, 'register', (call) => {
    const cause = causeFields(causes.current());
    return (call() as Promise<unknown>).then(undefined, (error: unknown) => {
      scope.run(() => {
        const detail = error instanceof Error ? error.name : 'unknown';
        emit('state', { aspect: 'worker', value: 'failed', detail, ...(cause.action ? { action: cause.action } : {}) });
      });
      throw error;
    });
  });
}

/** Storage that is refused or full breaks pages in ways that nothing else shows. */
function captureStorageFailures(page: Window & typeof globalThis, scope: Scope, deps: SurroundingsDeps): void {
  const { emit, clock, causes } = deps;
  const toldAt = new Map<string, number>();
  const failed = (detail: string, error: unknown): void => {
    const name = (error as { name?: unknown } | null)?.name;
    const value = name === 'QuotaExceededError' ? 'quota' : name === 'SecurityError' ? 'refused' : 'failed';
    const key = `${value} ${detail}`;
    if (clock.now() - (toldAt.get(key) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return;
    toldAt.set(key, clock.now());
    const { action } = causeFields(causes.current());
    emit('state', { aspect: 'storage', value, detail, ...(action === undefined ? {} : { action }) });
  };
  /** The browser may refuse a storage altogether: already asking for it throws. */
  const storage = (name: 'localStorage' | 'sessionStorage'): Storage | undefined => {
    try {
      return page[name];
    } catch (error) {
      failed(name, error);
      return undefined;
    }
  };
  const local = storage('localStorage');
  storage('sessionStorage');
  scope.patch(page.Storage.prototype, 'setItem', (call, _args, self) => {
    try {
      return call();
    } catch (error) {
      scope.run(() => failed(self === local ? 'localStorage' : 'sessionStorage', error));
      throw error;
    }
  });
  scope.patch(page.IDBFactory?.prototype, 'open', (call) => {
    const request = call() as IDBOpenDBRequest;
    scope.listenWhileItLives(request, 'error', () => failed('indexedDB', request.error));
    return request;
  });
}
