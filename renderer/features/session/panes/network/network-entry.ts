import { type Fact, isFact, type RequestDetails, type RequestTiming } from '../../../../../shared/facts/details.ts';
import type { Signal } from '../../../../../shared/model/signal.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** One request, or stream, as the pane shows it. What was not recorded is null, never a guess. */
export interface NetworkEntry {
  readonly id: string;
  /** Ms since epoch. */
  readonly at: number;
  readonly endAt: number | null;
  readonly method: string;
  readonly url: string;
  /** What a row calls it: the path, with the query. */
  readonly name: string;
  readonly api: RequestDetails['api'] | 'websocket' | 'eventsource';
  /** The status, or in a word why there is none. */
  readonly status: string;
  readonly type: string | null;
  readonly sizeBytes: number | null;
  readonly durationMs: number | null;
  readonly failed: boolean;
  readonly requestHeaders: Pairs | null;
  readonly responseHeaders: Pairs | null;
  readonly requestBody: string | null;
  readonly responseBody: string | null;
  /** Keys and types of the answer. */
  readonly shape: string | null;
  /** The parts of the time it took, in their order. */
  readonly timing: readonly { readonly label: string; readonly ms: number }[];
  /** What else is known, in words. */
  readonly facts: Pairs;
}

/** The phases of a request in the order they happen. */
const PHASES = [
  ['redirectMs', 'Redirects'],
  ['workerMs', 'Service worker'],
  ['queueMs', 'Queued'],
  ['dnsMs', 'Name lookup'],
  ['connectMs', 'Connecting'],
  ['waitMs', 'Waiting for the answer'],
  ['downloadMs', 'Download'],
] as const satisfies readonly (readonly [keyof RequestTiming, string])[];

const phasesOf = (timing: RequestTiming | null): NetworkEntry['timing'] =>
  PHASES.flatMap(([field, label]) => {
    const ms = timing?.[field] ?? null;
    return ms === null ? [] : [{ label, ms }];
  });

/** Null for none: a recorder that keeps no headers leaves nothing, and a request without any does not exist. */
const pairs = (headers: Readonly<Record<string, string>> | undefined): Pairs | null => {
  const entries = Object.entries(headers ?? {});
  return entries.length > 0 ? entries : null;
};

const nameOf = (url: string): string => url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(?=.)/i, '');

const known = (facts: readonly (readonly [string, string | null | undefined])[]): Pairs =>
  facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));

function statusOf({ status, failure, pending }: RequestDetails): string {
  if (status !== null) return String(status);
  return failure ?? (pending ? 'pending' : '–');
}

function ofRequest({ id, at, endAt, severity, details }: Fact<'request'>): NetworkEntry {
  const { timing } = details;
  return {
    id,
    at,
    endAt: endAt ?? null,
    method: details.method,
    url: details.url,
    name: nameOf(details.url),
    api: details.api,
    status: statusOf(details),
    type: details.contentType?.split(';')[0] ?? null,
    sizeBytes: details.responseBytes ?? timing?.transferBytes ?? null,
    durationMs: details.durationMs,
    failed: severity === 'error',
    requestHeaders: pairs(details.requestHeaders),
    responseHeaders: pairs(details.responseHeaders),
    requestBody: details.requestBody ?? null,
    responseBody: details.responseBody ?? null,
    shape: details.shape,
    timing: phasesOf(timing ?? null),
    facts: known([
      ['Protocol', timing?.protocol],
      ['Answered by', timing?.worker ? 'a service worker' : timing?.cached ? 'the cache' : null],
      ['Trace', details.traceId],
    ]),
  };
}

function ofStream({ id, at, endAt, severity, details }: Fact<'stream'>): NetworkEntry {
  const { api, url, openedAt, closed, code } = details;
  return {
    id,
    at,
    endAt: endAt ?? null,
    method: api === 'websocket' ? 'WS' : 'SSE',
    url,
    name: nameOf(url),
    api,
    status: closed ? (code === null ? 'closed' : String(code)) : openedAt === null ? 'pending' : 'open',
    type: null,
    sizeBytes: details.receivedBytes,
    durationMs: endAt === undefined ? null : endAt - at,
    failed: severity === 'error',
    requestHeaders: null,
    responseHeaders: null,
    requestBody: null,
    responseBody: null,
    shape: null,
    timing: [],
    facts: known([
      ['Messages sent', String(details.sent)],
      ['Messages received', String(details.received)],
      ['Failures', String(details.failures)],
    ]),
  };
}

/** The request or stream of a signal; null for signals of other kinds. */
export function networkEntry(signal: Signal): NetworkEntry | null {
  if (isFact(signal, 'request')) return ofRequest(signal);
  return isFact(signal, 'stream') ? ofStream(signal) : null;
}
