import type { CapturedError } from '../../../../shared/model/captured.ts';
import { cut, type Emit } from '../captured.ts';
import { scrub } from '../privacy/text.ts';
import { maskUrl } from '../privacy/url.ts';
import type { Scope } from '../scope.ts';
import { type Causes, causeFields } from './causes.ts';
import { preview, stackOf } from './preview.ts';

const message = (text: string): string => scrub(cut(text, 2_000));

/** The address of a resource that an element wanted. */
const addressOf = (element: Element): string | undefined => {
  const { src, href, currentSrc, data } = element as Partial<HTMLImageElement & HTMLLinkElement & HTMLObjectElement>;
  const address = currentSrc || src || href || data;
  return typeof address === 'string' && address !== '' ? address : undefined;
};

/** The status of an answer that the browser could not use, where it has measured it already. */
function statusOf(source: string | undefined): { status?: number } {
  if (!source) return {};
  type Entry = PerformanceResourceTiming & { readonly responseStatus?: number };
  const entry = performance.getEntriesByName(source, 'resource').at(-1) as Entry | undefined;
  return entry?.responseStatus ? { status: entry.responseStatus } : {};
}

/** What is recorded of something thrown, whoever caught it. */
export function describeThrown(thrown: unknown): Pick<CapturedError, 'name' | 'message' | 'stack'> {
  const stack = stackOf(thrown);
  return {
    ...(thrown instanceof Error ? { name: cut(thrown.name, 100) } : {}),
    message: thrown instanceof Error ? message(thrown.message) : preview(thrown),
    ...(stack ? { stack } : {}),
  };
}

/** Records uncaught errors, unhandled rejections, and images, scripts and styles that did not load. */
export function captureErrors(
  page: Window & typeof globalThis,
  scope: Scope,
  { emit, causes }: { readonly emit: Emit; readonly causes: Causes },
): void {
  scope.listen(page, 'error', (event) => {
    if (event instanceof ErrorEvent) {
      const error: unknown = event.error;
      emit('error', {
        kind: 'error',
        ...describeThrown(error),
        ...(error instanceof Error ? {} : { message: message(event.message) }),
        ...(event.filename ? { source: cut(maskUrl(event.filename), 2_000) } : {}),
        ...{ line: event.lineno, column: event.colno },
        ...causeFields(causes.behind(error) ?? causes.current()),
      });
    } else if (event.target instanceof Element) {
      const source = addressOf(event.target);
      const text = `Failed to load ${event.target.localName}`;
      // Loading takes its own time: what runs just now did not cause it.
      const where = source ? { source: cut(maskUrl(source), 2_000) } : {};
      emit('error', { kind: 'resource', message: text, ...where, ...statusOf(source) });
    }
  });
  scope.listen<PromiseRejectionEvent>(page, 'unhandledrejection', ({ reason }) => {
    emit('error', {
      kind: 'rejection',
      ...describeThrown(reason),
      ...causeFields(causes.behind(reason) ?? causes.ofRejection()),
    });
  });
}
