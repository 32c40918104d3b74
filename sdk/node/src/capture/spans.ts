import type { CapturedSpan } from '../../../../shared/model/captured-backend.ts';
import { maskUrl } from '../../../web/src/privacy/url.ts';
import type { Emit } from '../captured.ts';
import type { Currents } from '../current.ts';
import type { Guard } from '../guard.ts';
import { said } from '../privacy/words.ts';
import type { HrTime, ReadableSpan, SpanExporter } from '../shapes.ts';

/** What a call was of, and not what was in it: no statements, no addresses with queries, no persons. */
const ATTRIBUTES = [
  ...['http.request.method', 'http.method', 'http.response.status_code', 'http.status_code', 'http.route', 'url.path'],
  ...['server.address', 'server.port', 'peer.service', 'error.type', 'code.function.name'],
  ...[
    'db.system',
    'db.system.name',
    'db.namespace',
    'db.operation',
    'db.operation.name',
    'db.collection.name',
    'db.sql.table',
  ],
  ...[
    'rpc.system',
    'rpc.service',
    'rpc.method',
    'messaging.system',
    'messaging.operation.type',
    'messaging.destination.name',
  ],
];
/** OpenTelemetry's numbers, in order. */
const KINDS = ['internal', 'server', 'client', 'producer', 'consumer'] as const;
const FAILED = 2;
const SUCCESS = 0;
const MAX_PER_REQUEST = 500;

const msOf = ([seconds = 0, nanoseconds = 0]: HrTime): number => seconds * 1000 + nanoseconds / 1e6;

/** What exporting needs. */
export interface SpansDeps {
  readonly emit: Emit;
  readonly currents: Currents;
  readonly guard: Guard;
  readonly flush: () => Promise<void>;
  /** Attributes to keep beside those that always are. */
  readonly attributes: readonly string[];
}

/** Records the spans of requests of recorded sessions: those whose trace began in the page. */
export function createSpanExporter({ emit, currents, guard, flush, attributes }: SpansDeps): SpanExporter {
  const allowed = new Set([...ATTRIBUTES, ...attributes]);
  const kept = (all: ReadableSpan['attributes']): Record<string, string | number | boolean> =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, value]): [string, string | number | boolean][] => {
        if (!allowed.has(name)) return [];
        if (typeof value === 'number' || typeof value === 'boolean') return [[name, value]];
        return [[name, name === 'url.path' ? maskUrl(String(value)) : said(String(value), 300)]];
      }),
    );
  const record = (span: ReadableSpan): void => {
    const { traceId, spanId } = span.spanContext();
    const current = currents.ofTrace(traceId);
    if (!current || current.spans++ >= MAX_PER_REQUEST) return;
    const parentId = span.parentSpanContext?.spanId ?? span.parentSpanId;
    const failed = span.status.code === FAILED;
    const told: CapturedSpan = {
      ...{ name: said(span.name, 300), kind: KINDS[span.kind] ?? 'internal', traceId, spanId },
      ...(parentId ? { parentId } : {}),
      ...{ startedAt: msOf(span.startTime), durationMs: Math.max(0, msOf(span.duration)), failed },
      ...(failed && span.status.message ? { message: said(span.status.message, 2_000) } : {}),
      ...{ attributes: kept(span.attributes), request: current.id },
    };
    emit(current.link.session, 'span', told);
  };
  return {
    export(spans, done) {
      for (const span of guard.active ? spans : []) guard.run(() => record(span));
      done({ code: SUCCESS });
    },
    forceFlush: flush,
    shutdown: flush,
  };
}
