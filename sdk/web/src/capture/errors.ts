import { cut, type Emit } from '../captured.ts';
import { scrub } from '../privacy/text.ts';
import { maskUrl } from '../privacy/url.ts';
import type { Scope } from '../scope.ts';
import { type Causes, causeFields } from './causes.ts';
import { preview, stackOf } from './preview.ts';

const message = (text: string): string => scrub(cut(text, 2_000));

/** The address of a resource that an element wanted. */
const addressOf = (element: Element): string | undefined => {
  const { src, href, currentSrc } = element as Partial<HTMLImageElement & HTMLLinkElement>;
  const address = currentSrc || src || href;
  return typeof address === 'string' && address !== '' ? cut(maskUrl(address), 2_000) : undefined;
};

/** Records uncaught errors, unhandled rejections, and images, scripts and styles that did not load. */
export function captureErrors(
  page: Window & typeof globalThis,
  scope: Scope,
  { emit, causes }: { readonly emit: Emit; readonly causes: Causes },
): void {
  scope.listen(page, 'error', (event) => {
    if (event instanceof ErrorEvent) {
      const error: unknown = event.error;
      const stack = stackOf(error);
      emit('error', {
        kind: 'error',
        ...(error instanceof Error ? { name: cut(error.name, 100) } : {}),
        message: message(error instanceof Error ? error.message : event.message),
        ...(stack ? { stack } : {}),
        ...(event.filename ? { source: cut(maskUrl(event.filename), 2_000) } : {}),
        ...{ line: event.lineno, column: event.colno },
        ...causeFields(causes.current()),
      });
    } else if (event.target instanceof Element) {
      const source = addressOf(event.target);
      const text = `Failed to load ${event.target.localName}`;
      // Loading takes its own time: what runs just now did not cause it.
      emit('error', { kind: 'resource', message: text, ...(source ? { source } : {}) });
    }
  });
  scope.listen<PromiseRejectionEvent>(page, 'unhandledrejection', ({ reason }) => {
    const stack = stackOf(reason);
    emit('error', {
      kind: 'rejection',
      ...(reason instanceof Error ? { name: cut(reason.name, 100) } : {}),
      message: reason instanceof Error ? message(reason.message) : preview(reason),
      ...(stack ? { stack } : {}),
      ...causeFields(causes.ofRejection()),
    });
  });
}
