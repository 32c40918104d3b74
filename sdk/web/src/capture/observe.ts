import type { Scope } from '../scope.ts';

/** Options of `observe` that the DOM's types do not know yet. */
type ObserveOptions = PerformanceObserverInit & { readonly durationThreshold?: number };

/**
 * Hears performance entries of one type, those from before it started too unless told otherwise.
 * @returns whether the browser has this type.
 */
export function observe<E extends PerformanceEntry>(
  scope: Scope,
  options: ObserveOptions & { readonly type: string },
  handler: (entries: E[]) => void,
): boolean {
  if (!PerformanceObserver.supportedEntryTypes?.includes(options.type)) return false;
  const observer = new PerformanceObserver((list) => {
    if (scope.active) scope.run(() => handler(list.getEntries() as E[]));
  });
  observer.observe({ buffered: true, ...options });
  scope.onStop(() => observer.disconnect());
  return true;
}
