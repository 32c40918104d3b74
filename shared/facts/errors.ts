import type { CapturedError } from '../model/captured.ts';
import type { FactSource } from './clicks.ts';
import { type Draft, draft } from './draft.ts';
import { MESSAGE_MS } from './limits.ts';
import { short } from './naming.ts';
import { pageName } from './urls.ts';

/** One signal for each error, rejection, resource that failed to load, and violation of the page's security policy. */
export function errorDrafts(source: FactSource): Draft[] {
  return [...thrownDrafts(source), ...violationDrafts(source)];
}

const resourceText = ({ source, message, status }: CapturedError): string =>
  `Not loaded: ${source ?? message}${status === undefined ? '' : ` (${status})`}`;

function thrownDrafts({ generation, pages, dom, acts }: FactSource): Draft[] {
  return generation.captured.error.map(({ at, ref, value }) => {
    const until = Math.min(at + MESSAGE_MS, (acts.next(at) ?? Number.POSITIVE_INFINITY) - 1);
    const name = value.name !== undefined && !value.message.startsWith(value.name) ? `${value.name}: ` : '';
    return draft('error', {
      at,
      severity: value.kind === 'resource' || value.handled ? 'warning' : 'error',
      page: pageName(pages.urlAt(generation.id, at)),
      text: short(value.kind === 'resource' ? resourceText(value) : name + value.message),
      window: generation.window,
      events: [ref],
      details: {
        type: value.kind,
        handled: value.handled ?? false,
        status: value.status ?? null,
        name: value.name ?? null,
        message: value.message,
        stack: value.stack ?? null,
        source: value.source ?? null,
        line: value.line ?? null,
        column: value.column ?? null,
        action: value.action ?? null,
        request: value.request ?? null,
        stream: value.stream ?? null,
        timer: value.timer ?? null,
        domAfter: dom.summary(at, until, { ofRequest: (id) => id === value.request }),
        domObserved: dom.observed,
      },
    });
  });
}

function violationDrafts({ generation, pages, dom }: FactSource): Draft[] {
  return generation.captured.violation.map(({ at, ref, value }) => {
    const { directive, blocked, disposition, source = null, line = null, column = null } = value;
    const message = `${disposition === 'report' ? 'Would be blocked' : 'Blocked'} by ${directive}: ${blocked}`;
    return draft('error', {
      at,
      severity: disposition === 'report' ? 'info' : 'warning',
      page: pageName(pages.urlAt(generation.id, at)),
      text: short(message),
      window: generation.window,
      events: [ref],
      details: {
        ...{ type: 'csp', handled: false, status: null, name: directive, message, stack: null, source, line, column },
        ...{ action: null, request: null, stream: null, timer: null, domAfter: null, domObserved: dom.observed },
      },
    });
  });
}
