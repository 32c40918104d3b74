import type { CapturedNavigation } from '../../../../shared/model/captured.ts';
import { cut, type Emit } from '../captured.ts';
import type { Rules } from '../privacy/rules.ts';
import { maskUrl } from '../privacy/url.ts';
import type { Scope } from '../scope.ts';

/** Where the page is (or was: `url`): the masked address, and the title where the rules leave it open. */
export function locationOf(page: Window, rules: Rules, url = page.location.href): { url: string; title?: string } {
  const element = page.document.querySelector('title');
  const title = element && rules.stateOf(element) === 'open' ? page.document.title : '';
  return { url: cut(maskUrl(url), 2_000), ...(title ? { title: cut(title, 300) } : {}) };
}

/** How the browser came to load the document: anew, again, or going back. */
export function loadType(page: Window): Pick<CapturedNavigation, 'type'> {
  const [entry] = page.performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry ? { type: entry.type as CapturedNavigation['type'] } : {};
}

/** The navigation API of newer browsers, as far as it is used here. */
interface NavigationTarget {
  readonly navigation?: EventTarget & { readonly currentEntry: object | null };
}
type EntryChange = Event & { readonly navigationType: 'push' | 'replace' | 'traverse' | 'reload' | null };

/** Records changes of the address that load no document. @param onLeave also told when a document begins to be replaced. */
export function captureNavigation(
  page: Window & typeof globalThis,
  scope: Scope,
  { emit, rules, onLeave }: { readonly emit: Emit; readonly rules: Rules; readonly onLeave: () => void },
): void {
  let last = page.location.href;
  /** What the page's own call is about to do. */
  let calling: 'push' | 'replace' | undefined;
  const path = (url: string): string => url.split('#', 1)[0] ?? '';
  const moved = (kind: CapturedNavigation['kind'], url = page.location.href): void => {
    if (url === last) return;
    last = url;
    onLeave();
    emit('navigation', { kind, ...locationOf(page, rules, url) });
  };

  for (const [name, kind] of [
    ['pushState', 'push'],
    ['replaceState', 'replace'],
  ] as const) {
    scope.patch(page.History.prototype, name, (call) => {
      calling = kind;
      try {
        return call();
      } finally {
        calling = undefined;
        scope.run(() => moved(kind));
      }
    });
  }
  const { navigation } = page as NavigationTarget;
  if (navigation?.currentEntry) {
    scope.listen(navigation, 'navigate', onLeave);
    // At once, where the events below come a task later, when the address may be the next one.
    scope.listen<EntryChange>(navigation, 'currententrychange', ({ navigationType }) => {
      const now = page.location.href;
      const other = navigationType === 'push' || navigationType === 'replace' ? navigationType : 'pop';
      if (navigationType) moved(calling ?? (path(now) === path(last) ? 'hash' : other), now);
    });
    return;
  }
  scope.listen(page, 'popstate', () => {
    if (path(page.location.href) !== path(last)) moved('pop');
  });
  scope.listen<HashChangeEvent>(page, 'hashchange', ({ newURL }) => {
    // Each of two quick steps is told with its own address, unless the page has moved on to another path meanwhile.
    if (path(newURL) === path(last)) moved('hash', newURL);
  });
}
