import { z } from 'zod';

/**
 * What a backend records of its side of a session, in plugin events as in `captured.ts`, in windows of its own
 * (`isBackendWindow`). All times are ms since epoch by the backend's clock, which is not the page's.
 */
export const BACKEND = {
  service: 'traceflow/backend-service@1',
  request: 'traceflow/backend-request@1',
  log: 'traceflow/backend-log@1',
  error: 'traceflow/backend-error@1',
  span: 'traceflow/backend-span@1',
} as const;

const text = z.string().max(20_000);
const ms = z.number().nonnegative();
const at = z.number().nonnegative().max(8.64e15);
const bytes = z.number().int().nonnegative();
const headers = z.record(text, text);
const plain = z.union([text, z.number(), z.boolean()]);

/** First event of each generation: which program this is. */
export const CapturedService = z.object({
  sdk: text,
  service: text,
  release: text.optional(),
  /** `node 24.1.0` */
  runtime: text.optional(),
});
export type CapturedService = z.infer<typeof CapturedService>;

/** One request that a backend answered for a page, told once, at its end. */
export const CapturedBackendRequest = z.object({
  /** Unique in the generation: `b1`, `b2`, ... Logs, errors and spans point to it. */
  id: text,
  /** The page load and its request (`CapturedRequest.id`) that this answers, as the page's header said. */
  page: z.object({ generation: text, request: text }),
  traceId: text.optional(),
  method: text,
  /** Masked as in pages. */
  url: text,
  /** As the program names it: `/orders/:id`. */
  route: text.optional(),
  /** Absent when the program never answered. */
  status: z.number().int().optional(),
  startedAt: at,
  /** When the head of the answer was written. */
  headAt: at.optional(),
  durationMs: ms,
  /** `cut`: the connection ended before the answer; `open`: the program stopped before it. */
  end: z.enum(['answered', 'cut', 'open']),
  requestBytes: bytes.optional(),
  responseBytes: bytes.optional(),
  /** Only names that were allowed, in lower case. */
  requestHeaders: headers.optional(),
  responseHeaders: headers.optional(),
});
export type CapturedBackendRequest = z.infer<typeof CapturedBackendRequest>;

export const CapturedBackendLog = z.object({
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']),
  message: text,
  /** `console`, `pino`, or the logger's name. */
  logger: text.optional(),
  stack: text.optional(),
  request: text.optional(),
});
export type CapturedBackendLog = z.infer<typeof CapturedBackendLog>;

export const CapturedBackendError = z.object({
  /** `request`: it ended the handling of a request; `handled`: the program caught it and told the SDK. */
  kind: z.enum(['request', 'handled', 'uncaught', 'rejection']),
  name: text.optional(),
  message: text,
  stack: text.optional(),
  request: text.optional(),
});
export type CapturedBackendError = z.infer<typeof CapturedBackendError>;

/** A span of OpenTelemetry that belongs to a request of the session. */
export const CapturedSpan = z.object({
  name: text,
  kind: z.enum(['internal', 'server', 'client', 'producer', 'consumer']),
  traceId: text,
  spanId: text,
  parentId: text.optional(),
  startedAt: at,
  durationMs: ms,
  failed: z.boolean(),
  /** Why, where it failed. */
  message: text.optional(),
  /** Only names that were allowed. */
  attributes: z.record(text, plain).optional(),
  request: text.optional(),
});
export type CapturedSpan = z.infer<typeof CapturedSpan>;

/** How the payload of each kind is read. */
export const BACKEND_SCHEMAS = {
  service: CapturedService,
  request: CapturedBackendRequest,
  log: CapturedBackendLog,
  error: CapturedBackendError,
  span: CapturedSpan,
} as const satisfies Record<keyof typeof BACKEND, z.ZodType>;

/** What each kind of backend event carries. */
export type BackendPayloads = { readonly [K in keyof typeof BACKEND]: z.output<(typeof BACKEND_SCHEMAS)[K]> };
