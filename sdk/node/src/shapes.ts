import type { IncomingMessage, ServerResponse } from 'node:http';

// What the SDK uses of other packages, by its shape: it depends on none of them.

type Next = (error?: unknown) => void;

/** Middleware of Express. */
export type ExpressHandler = (request: IncomingMessage, response: ServerResponse, next: Next) => void;
/** Error middleware of Express. */
export type ExpressErrorHandler = (
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  next: Next,
) => void;

interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly routeOptions?: { readonly url?: string | undefined };
}
interface FastifyReply {
  readonly raw: ServerResponse;
}
type Done = () => void;

/** What is used of a Fastify instance. */
export interface FastifyInstance {
  addHook(name: 'onRequest', hook: (request: FastifyRequest, reply: FastifyReply, done: Done) => void): unknown;
  addHook(
    name: 'onError',
    hook: (request: FastifyRequest, reply: FastifyReply, error: Error, done: Done) => void,
  ): unknown;
}
/** A plugin of Fastify. */
export type FastifyPlugin = (app: FastifyInstance, options: unknown, done: Done) => void;

/** What is used of a context of Hono. */
export interface HonoContext {
  readonly req: { readonly raw: Request; readonly routePath?: string | undefined };
  readonly res: Response;
  /** What a handler threw. */
  readonly error: Error | undefined;
}
/** Middleware of Hono. */
export type HonoHandler = (context: HonoContext, next: () => Promise<void>) => Promise<void>;

/** A destination of pino. */
export interface PinoStream {
  write(line: string): void;
}

/** Seconds and nanoseconds. */
export type HrTime = readonly [number, number] | number[];

interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
}

/** What is read of a span of OpenTelemetry (versions 1 and 2). */
export interface ReadableSpan {
  readonly name: string;
  readonly kind: number;
  spanContext(): SpanContext;
  readonly parentSpanContext?: SpanContext | undefined;
  /** Version 1. */
  readonly parentSpanId?: string | undefined;
  readonly startTime: HrTime;
  readonly duration: HrTime;
  readonly status: { readonly code: number; readonly message?: string | undefined };
  readonly attributes: Readonly<Record<string, unknown>>;
}
/** An exporter of OpenTelemetry. */
export interface SpanExporter {
  export(spans: readonly ReadableSpan[], done: (result: { code: number }) => void): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}
