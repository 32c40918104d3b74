import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  ExpressErrorHandler,
  ExpressHandler,
  FastifyPlugin,
  HonoHandler,
  PinoStream,
  SpanExporter,
} from './shapes.ts';

/** What `init` needs to know. */
export interface Options {
  /** Address of the TRACEFLOW server, for instance `https://traceflow.example.com`. */
  readonly server: string;
  /** A write key of the project without origins. */
  readonly key: string;
  /** What this program is called, for instance `checkout`. */
  readonly service: string;
  /** Version of this program, as its makers name it. */
  readonly release?: string;
  /** Names of headers to keep beside the harmless ones that always are. Credentials keep only that they were there. */
  readonly headers?: readonly string[];
  /** Names of span attributes to keep beside those that describe a call without what was in it. */
  readonly attributes?: readonly string[];
  /** What is written to the console while a request is handled. Default: yes. */
  readonly console?: boolean;
  /** Folder in which batches wait that could not be sent, also over a restart. Default: none, they wait in memory alone. */
  readonly spool?: string;
  /** What waits in memory at most, in characters of JSON. Default: 16 million. Beyond it the oldest is given up. */
  readonly queueChars?: number;
  /** Sends what is left when SIGTERM or SIGINT ends the process. Default: yes. */
  readonly signals?: boolean;
  /** Records nothing and touches nothing. */
  readonly disabled?: boolean;
}

/** What became of the recorded events. */
export interface Stats {
  /** Recorded and not yet acknowledged. */
  readonly waiting: number;
  readonly acknowledged: number;
  /** Given up: the queue was full, the server did not want them, or they could not be written as JSON. */
  readonly dropped: number;
}

/** Answers a request of `node:http`. */
export type HttpHandler<Q extends IncomingMessage = IncomingMessage, S extends ServerResponse = ServerResponse> = (
  request: Q,
  response: S,
) => unknown;

/** A running recorder. Nothing it does throws, rejects, blocks or changes what the program does. */
export interface Backend {
  /** Wraps the listener of a `node:http` server (or any other with the same requests). */
  http<Q extends IncomingMessage, S extends ServerResponse>(handler: HttpHandler<Q, S>): HttpHandler<Q, S>;
  /** Middleware of Express, before the routes. */
  express(): ExpressHandler;
  /** Error middleware of Express, behind the routes and before the program's own. */
  expressErrors(): ExpressErrorHandler;
  /** A plugin of Fastify, for all routes registered after it. */
  fastify(): FastifyPlugin;
  /** Middleware of Hono. */
  hono(): HonoHandler;
  /** A stream for `pino.multistream`: takes what pino writes, after pino's own redaction. */
  pinoStream(): PinoStream;
  /** An exporter for a span processor of OpenTelemetry. */
  spanExporter(): SpanExporter;
  /** An error that the program caught, of the request that is being handled. */
  captureException(error: unknown): void;
  stats(): Stats;
  /** Settles when all recorded so far is stored by the server, or when sending it failed once, at most 5 s later. */
  flush(): Promise<void>;
  /** Ends the recording, takes all hooks out of the process, and sends (or spools) what is left. */
  close(): Promise<void>;
}
