import { lastAtOrBefore } from '../lib/ordering.ts';
import type { CapturedRequest, CapturedTimer } from '../model/captured.ts';
import type { CapturedTiming } from '../model/captured-performance.ts';
import type { EventRef } from '../model/identity.ts';
import type { RequestDetails, RequestTiming } from './details.ts';
import type { GenerationRecord } from './recording.ts';

/** One request with its phases joined, before its signal is made. Times are ms since epoch. */
export interface Call {
  readonly id: string;
  readonly api: RequestDetails['api'];
  readonly method: string;
  readonly url: string;
  readonly refs: EventRef[];
  sentAt: number;
  order: number | null;
  action: number | null;
  after: string | null;
  timer: CapturedTimer | null;
  receivedAt: number | null;
  consumedAt: number | null;
  failedAt: number | null;
  status: number | null;
  durationMs: number | null;
  shape: string | null;
  contentType: string | null;
  failure: RequestDetails['failure'];
  traceId: string | null;
  requestBytes: number | null;
  responseBytes: number | null;
  requestHeaders: Record<string, string>;
  responseHeaders: Record<string, string>;
  requestBody: string | null;
  responseBody: string | null;
  timing: RequestTiming | null;
}

/** When the page knew the outcome: the failure, or the head of the answer. Null while pending. */
export const answeredAt = (call: Call): number | null => call.failedAt ?? call.receivedAt ?? call.consumedAt;

/** Joins the phases of each request of a generation, in order of sending. */
export function readCalls(generation: GenerationRecord): Call[] {
  const calls = new Map<string, Call>();
  for (const { at, ref, value } of generation.captured.request) {
    let call = calls.get(value.id);
    if (!call) {
      call = startCall(value, at);
      calls.set(value.id, call);
    }
    call.refs.push(ref);
    addPhase(call, value, at);
  }
  for (const { ref, value } of generation.captured.timing) {
    const call = calls.get(value.id);
    if (!call) continue;
    call.refs.push(ref);
    call.timing ??= timingOf(value);
  }
  const gone = leftBetween(generation);
  for (const call of calls.values()) {
    if (call.failure === 'network' && call.failedAt !== null && gone(call.failedAt)) call.failure = 'aborted';
  }
  const foreign = generation.own ? [] : generation.foreign.requests.map(foreignCall);
  return [...calls.values(), ...foreign].sort((a, b) => a.sentAt - b.sentAt);
}

/**
 * Whether the page had been left at a time and not come back from the browser's cache: what it still asked for is dropped by
 * the browser then, and each request ends as if the network had failed.
 */
function leftBetween({ captured }: GenerationRecord): (at: number) => boolean {
  const turns = captured.navigation
    .filter(({ value }) => value.kind === 'leave' || (value.kind === 'pop' && value.cached))
    .sort((a, b) => a.at - b.at);
  return (at) => lastAtOrBefore(turns, at)?.value.kind === 'leave';
}

/** What is not known yet of a call, or never will be. */
const unknownYet = () => ({
  ...{
    order: null,
    action: null,
    after: null,
    timer: null,
    receivedAt: null,
    consumedAt: null,
    failedAt: null,
    status: null,
    durationMs: null,
  },
  ...{ shape: null, contentType: null, failure: null, traceId: null, requestBytes: null, responseBytes: null },
  ...{ requestHeaders: {}, responseHeaders: {}, requestBody: null, responseBody: null, timing: null },
});

const startCall = (value: CapturedRequest, at: number): Call => ({
  ...unknownYet(),
  id: value.id,
  api: value.kind,
  method: value.method.toUpperCase(),
  url: value.url,
  refs: [],
  // The first phase may be missing: then the recorded duration says when it began.
  sentAt: value.phase === 'sent' ? at : at - (value.durationMs ?? 0),
});

const timingOf = (value: CapturedTiming): RequestTiming => ({
  totalMs: value.totalMs,
  redirectMs: value.redirectMs ?? null,
  workerMs: value.workerMs ?? null,
  queueMs: value.queueMs ?? null,
  dnsMs: value.dnsMs ?? null,
  connectMs: value.connectMs ?? null,
  tlsMs: value.tlsMs ?? null,
  waitMs: value.waitMs ?? null,
  downloadMs: value.downloadMs ?? null,
  protocol: value.protocol ?? null,
  transferBytes: value.transferBytes ?? null,
  encodedBytes: value.encodedBytes ?? null,
  decodedBytes: value.decodedBytes ?? null,
  cached: value.cached ?? false,
  worker: value.worker ?? false,
});

function addPhase(call: Call, value: CapturedRequest, at: number): void {
  call.order ??= value.order;
  call.action ??= value.action ?? null;
  call.status ??= value.status ?? null;
  call.shape ??= value.shape ?? null;
  call.contentType ??= value.contentType ?? null;
  call.traceId ??= value.traceId ?? null;
  call.requestBytes ??= value.requestBytes ?? null;
  // The head promises a length; the body that was read is the better witness.
  call.responseBytes = value.responseBytes ?? call.responseBytes;
  if (value.phase === 'sent') {
    call.sentAt = Math.min(call.sentAt, at);
    call.after ??= value.after ?? null;
    call.timer ??= value.timer ?? null;
    call.requestHeaders = value.headers ?? call.requestHeaders;
    call.requestBody ??= value.body ?? null;
  } else {
    call.responseHeaders = value.headers ?? call.responseHeaders;
    call.responseBody ??= value.body ?? null;
  }
  if (value.phase === 'received') {
    call.receivedAt ??= at;
    call.durationMs ??= value.durationMs ?? null;
  }
  if (value.phase === 'consumed') call.consumedAt ??= at;
  if (value.phase === 'failed') {
    call.failedAt ??= at;
    call.failure ??= value.failure ?? 'network';
    call.durationMs ??= value.durationMs ?? null;
  }
}

function foreignCall({ at, ref, value }: GenerationRecord['foreign']['requests'][number], index: number): Call {
  const over = at + value.durationMs;
  const failed = value.status === 0;
  return {
    ...unknownYet(),
    id: `foreign-${index}`,
    api: value.api,
    method: value.method.toUpperCase(),
    url: value.url,
    refs: [ref],
    sentAt: at,
    receivedAt: failed ? null : over,
    failedAt: failed ? over : null,
    status: failed ? null : value.status,
    durationMs: value.durationMs,
    failure: failed ? 'network' : null,
  };
}
