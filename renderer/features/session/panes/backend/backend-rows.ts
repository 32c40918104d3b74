import { type BackendDetails, type Fact, isFact } from '../../../../../shared/facts/index.ts';
import type { Signal } from '../../../../../shared/model/signal.ts';
import { formatBytes } from '../../../../ui/format-count.ts';
import { formatGap } from '../../../../ui/format-duration.ts';
import { stackLines } from '../console/console-rows.ts';

/** What can be shown alone. */
export type BackendType = BackendDetails['type'];

/** One thing that a backend did. */
export interface BackendEntry {
  readonly id: string;
  /** Ms since epoch, in the page's time. */
  readonly at: number;
  readonly endAt: number;
  readonly type: BackendType;
  readonly severity: Signal['severity'];
  readonly service: string;
  /** Without the service's name. */
  readonly text: string;
  /** The request it belongs to, in words; empty for a request itself. */
  readonly of: string;
  /** Null for what takes no time. */
  readonly durationMs: number | null;
  /** Everything else that was recorded of it, a line each. */
  readonly lines: readonly BackendLine[];
}

/** One line below an entry; a stack frame has no name. */
export interface BackendLine {
  readonly name: string;
  readonly text: string;
}

type Backend = Fact<'backend'>;

const keyOf = ({ events, details }: Backend): string => `${events[0]?.generation} ${details.request}`;

const line = (name: string, value: string | number | boolean | null): BackendLine[] =>
  value === null || value === '' ? [] : [{ name, text: String(value) }];

const pairs = (values: Readonly<Record<string, string | number | boolean>>): BackendLine[] =>
  Object.entries(values).flatMap(([name, value]) => line(name, value));

/** How sure the time is: backends have clocks of their own. */
function clockLine({ offsetMs }: BackendDetails): BackendLine[] {
  if (offsetMs === null) return line('clock', 'as the backend had it: no request tells how far it is from the page’s');
  const ms = Math.round(offsetMs);
  return ms === 0
    ? []
    : line('clock', `${formatGap(Math.abs(ms))} ${ms > 0 ? 'behind' : 'ahead of'} the page’s, corrected`);
}

function linesOf(details: BackendDetails): BackendLine[] {
  switch (details.type) {
    case 'request':
      return [
        ...line('url', details.url),
        ...line('sent', details.requestBytes === null ? null : formatBytes(details.requestBytes)),
        ...line('answered', details.responseBytes === null ? null : formatBytes(details.responseBytes)),
        ...pairs(details.requestHeaders),
        ...pairs(details.responseHeaders),
        ...line('trace', details.traceId),
        ...clockLine(details),
      ];
    case 'span':
      return [
        ...line('message', details.message),
        ...pairs(details.attributes),
        ...line('kind', details.kind),
        ...line('span', details.spanId),
        ...line('parent', details.parentId),
        ...line('trace', details.traceId),
        ...clockLine(details),
      ];
    default:
      return [
        ...stackLines(details.stack).map((text) => ({ name: '', text })),
        ...line('logger', details.type === 'log' ? details.logger : null),
        ...clockLine(details),
      ];
  }
}

/** The entries of a session, in the order of time. */
export function backendEntries(signals: readonly Signal[]): readonly BackendEntry[] {
  const facts = signals.filter((signal) => isFact(signal, 'backend'));
  const requests = new Map(facts.flatMap((fact) => (fact.details.type === 'request' ? [[keyOf(fact), fact]] : [])));
  const plain = ({ text, details }: Backend): string =>
    (text.startsWith(`${details.service}: `) ? text.slice(details.service.length + 2) : text).replaceAll(' -> ', ' → ');
  return facts.map((fact) => {
    const { id, at, endAt = at, severity, details } = fact;
    const request = details.type === 'request' ? undefined : requests.get(keyOf(fact));
    return {
      ...{ id, at, endAt, type: details.type, severity, service: details.service, text: plain(fact) },
      of: request?.details.type === 'request' ? `${request.details.method} ${request.details.route}` : '',
      durationMs: 'durationMs' in details ? details.durationMs : null,
      lines: linesOf(details),
    };
  });
}

/** One row of the pane: an entry, or a line below it. */
export interface BackendRow {
  /** Where it is; what is open and picked is remembered by this. */
  readonly path: string;
  readonly entry: BackendEntry;
  /** Null for the entry itself. */
  readonly line: BackendLine | null;
  /** Null where there is nothing to open. */
  readonly open: boolean | null;
}

/** The rows of entries, with the lines of what is open below it. */
export const backendRows = (entries: readonly BackendEntry[], open: ReadonlySet<string>): readonly BackendRow[] =>
  entries.flatMap((entry): BackendRow[] => {
    const isOpen = entry.lines.length === 0 ? null : open.has(entry.id);
    const lines = isOpen ? entry.lines : [];
    return [
      { path: entry.id, entry, line: null, open: isOpen },
      ...lines.map((one, index) => ({ path: `${entry.id}/${index}`, entry, line: one, open: null })),
    ];
  });
