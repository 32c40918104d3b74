import type { FactSource } from './clicks.ts';
import { type Draft, draft } from './draft.ts';
import { MESSAGE_MS } from './limits.ts';
import { short } from './naming.ts';
import { pageName } from './urls.ts';

/** One signal for each uncaught error, unhandled rejection and resource that failed to load. */
export function errorDrafts({ generation, pages, dom, acts }: FactSource): Draft[] {
  return generation.captured.error.map(({ at, ref, value }) => {
    const until = Math.min(at + MESSAGE_MS, (acts.next(at) ?? Number.POSITIVE_INFINITY) - 1);
    const name = value.name !== undefined && !value.message.startsWith(value.name) ? `${value.name}: ` : '';
    return draft('error', {
      at,
      severity: value.kind === 'resource' ? 'warning' : 'error',
      page: pageName(pages.urlAt(generation.id, at)),
      text: short(value.kind === 'resource' ? `Not loaded: ${value.source ?? value.message}` : name + value.message),
      window: generation.window,
      events: [ref],
      details: {
        type: value.kind,
        name: value.name ?? null,
        message: value.message,
        stack: value.stack ?? null,
        source: value.source ?? null,
        line: value.line ?? null,
        column: value.column ?? null,
        action: value.action ?? null,
        request: value.request ?? null,
        domAfter: dom.summary(at, until, { ofRequest: (id) => id === value.request }),
        domObserved: dom.observed,
      },
    });
  });
}
