import { isFact, type RequestDetails } from '../../../../../shared/facts/details.ts';
import type { Signal } from '../../../../../shared/model/signal.ts';

/** One request as the pane shows it. What was not recorded is null, never a guess. */
export interface NetworkEntry {
  readonly id: string;
  /** Ms since epoch. */
  readonly at: number;
  readonly endAt: number | null;
  readonly method: string;
  readonly url: string;
  /** What a row calls it: the path, with the query. */
  readonly name: string;
  readonly api: RequestDetails['api'];
  readonly status: number | null;
  /** In a word why there is no status. */
  readonly failure: RequestDetails['failure'];
  readonly pending: boolean;
  readonly type: string | null;
  readonly sizeBytes: number | null;
  readonly durationMs: number | null;
  readonly failed: boolean;
  readonly requestHeaders: readonly (readonly [string, string])[] | null;
  readonly responseHeaders: readonly (readonly [string, string])[] | null;
  readonly requestBody: string | null;
  readonly responseBody: string | null;
  /** Keys and types of the answer. */
  readonly shape: string | null;
  /** The parts of the time it took, in their order. */
  readonly timing: readonly { readonly label: string; readonly ms: number }[];
  readonly traceId: string | null;
}

/** Details that newer recordings have; each is looked at before it is used. */
type Extra = Readonly<Record<string, unknown>>;

const pairs = (value: unknown): readonly (readonly [string, string])[] | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).map(([name, text]) => [name, String(text)] as const)
    : null;
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const sizeOf = (value: unknown): number | null => (typeof value === 'number' && value >= 0 ? value : null);

/** The phases of a request in the order they happen, by the name they are recorded under. */
const PHASES: readonly (readonly [field: string, label: string])[] = [
  ['redirectMs', 'Redirects'],
  ['workerMs', 'Service worker'],
  ['queueMs', 'Queued'],
  ['dnsMs', 'Name lookup'],
  ['connectMs', 'Connecting'],
  ['waitMs', 'Waiting for the answer'],
  ['downloadMs', 'Download'],
];

function phasesOf(timing: unknown): NetworkEntry['timing'] {
  if (typeof timing !== 'object' || timing === null) return [];
  return PHASES.flatMap(([field, label]) => {
    const ms = sizeOf((timing as Extra)[field]);
    return ms === null ? [] : [{ label, ms }];
  });
}

function nameOf(url: string): string {
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return path === '' ? url : path;
}

/** The request of a signal; null for signals of other kinds. */
export function networkEntry(signal: Signal): NetworkEntry | null {
  if (!isFact(signal, 'request')) return null;
  const { details } = signal;
  const extra: Extra = details;
  const [method, rest] = signal.text.split(' ');
  const url = details.url ?? rest ?? '';
  const timing = typeof extra.timing === 'object' && extra.timing !== null ? (extra.timing as Extra) : {};
  return {
    id: signal.id,
    at: signal.at,
    endAt: signal.endAt ?? null,
    method: details.method ?? method ?? '',
    url,
    name: nameOf(url),
    api: details.api ?? 'unknown',
    status: details.status ?? null,
    failure: details.failure ?? null,
    pending: details.pending ?? false,
    type: details.contentType?.split(';')[0] ?? null,
    sizeBytes: sizeOf(extra.responseBytes) ?? sizeOf(timing.transferBytes),
    durationMs: details.durationMs ?? (signal.endAt === undefined ? null : signal.endAt - signal.at),
    failed: signal.severity === 'error',
    requestHeaders: pairs(extra.requestHeaders),
    responseHeaders: pairs(extra.responseHeaders),
    requestBody: textOf(extra.requestBody),
    responseBody: textOf(extra.responseBody),
    shape: details.shape ?? null,
    timing: phasesOf(extra.timing),
    traceId: details.traceId ?? null,
  };
}

/** What a row says in the column of the status. */
export function statusText({ status, failure, pending }: NetworkEntry): string {
  if (status !== null) return String(status);
  if (failure !== null) return failure;
  return pending ? 'pending' : '–';
}
