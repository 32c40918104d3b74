import type { CapturedNavigation } from '../../../../shared/model/captured.ts';
import { cut, type Emit } from '../captured.ts';
import type { Rules } from '../privacy/rules.ts';
import { maskUrl } from '../privacy/url.ts';
import type { Scope } from '../scope.ts';

/** Where the page is: the masked address, and the title where the rules leave it open. */
export function locationOf(page: Window, rules: Rules): { url: string; title?: string } {
  const element = page.document.querySelector('title');
  const title = element && rules.stateOf(element) === 'open' ? page.document.title : '';
  return { url: cut(maskUrl(page.location.href), 2_000), ...(title ? { title: cut(title, 300) } : {}) };
}

/** How the browser came to load the document: anew, again, or going back. */
export function loadType(page: Window): Pick<CapturedNavigation, 'type'> {
  const [entry] = page.performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry ? { type: entry.type as CapturedNavigation['type'] } : {};
}

/** The navigation API of newer browsers, as far as it is used here. */
interface NavigationTarget {
  readonly navigation?: EventTarget;
}

/** Records changes of the address that load no document. @param onLeave also told when a document begins to be replaced. */
export function captureNavigation(
  page: Window & typeof globalThis,
  scope: Scope,
  { emit, rules, onLeave }: { readonly emit: Emit; readonly rules: Rules; readonly onLeave: () => void },
): void {
  let last = page.location.href;
  const path = (url: string): string => url.split('#', 1)[0] ?? '';
  const moved = (kind: CapturedNavigation['kind']): void => {
    const now = page.location.href;
    if (now === last) return;
    last = now;
    onLeave();
    emit('navigation', { kind, ...locationOf(page, rules) });
  };

  for (const [name, kind] of [
    ['pushState', 'push'],
    ['replaceState', 'replace'],
  ] as const) {
    scope.patch(page.History.prototype, name, (call) => {
      const result = call();
      scope.run(() => moved(kind));
      return result;
    });
  }
  scope.listen(page, 'popstate', () => {
    if (path(page.location.href) !== path(last)) moved('pop');
  });
  scope.listen(page, 'hashchange', () => moved('hash'));
  const { navigation } = page as NavigationTarget;
  if (navigation) scope.listen(navigation, 'navigate', onLeave);
}
