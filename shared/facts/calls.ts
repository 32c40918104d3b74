import type { CapturedRequest } from '../model/captured.ts';
import type { EventRef } from '../model/identity.ts';
import type { RequestDetails } from './details.ts';
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
  receivedAt: number | null;
  consumedAt: number | null;
  failedAt: number | null;
  status: number | null;
  durationMs: number | null;
  shape: string | null;
  contentType: string | null;
  failure: RequestDetails['failure'];
  traceId: string | null;
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
  const foreign = generation.own ? [] : generation.foreign.requests.map(foreignCall);
  return [...calls.values(), ...foreign].sort((a, b) => a.sentAt - b.sentAt);
}

const startCall = (value: CapturedRequest, at: number): Call => ({
  id: value.id,
  api: value.kind,
  method: value.method.toUpperCase(),
  url: value.url,
  refs: [],
  // The first phase may be missing: then the recorded duration says when it began.
  sentAt: value.phase === 'sent' ? at : at - (value.durationMs ?? 0),
  order: null,
  action: null,
  receivedAt: null,
  consumedAt: null,
  failedAt: null,
  status: null,
  durationMs: null,
  shape: null,
  contentType: null,
  failure: null,
  traceId: null,
});

function addPhase(call: Call, value: CapturedRequest, at: number): void {
  call.order ??= value.order;
  call.action ??= value.action ?? null;
  call.status ??= value.status ?? null;
  call.shape ??= value.shape ?? null;
  call.contentType ??= value.contentType ?? null;
  call.traceId ??= value.traceId ?? null;
  if (value.phase === 'sent') call.sentAt = Math.min(call.sentAt, at);
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
    id: `foreign-${index}`,
    api: value.api,
    method: value.method.toUpperCase(),
    url: value.url,
    refs: [ref],
    sentAt: at,
    order: null,
    action: null,
    receivedAt: failed ? null : over,
    consumedAt: null,
    failedAt: failed ? over : null,
    status: failed ? null : value.status,
    durationMs: value.durationMs,
    shape: null,
    contentType: null,
    failure: failed ? 'network' : null,
    traceId: null,
  };
}
