import type { Backend, Options } from './options.ts';
import { createBackend } from './recorder.ts';

export type { Backend, HttpHandler, Options, Stats } from './options.ts';

/** Does nothing, for where nothing can or shall be recorded. */
const inert = (): Backend => ({
  http: (handler) => handler,
  express: () => (_request, _response, next) => next(),
  expressErrors: () => (error, _request, _response, next) => next(error),
  fastify: () => (_app, _options, done) => done(),
  hono: () => (_context, next) => next(),
  pinoStream: () => ({ write: () => undefined }),
  spanExporter: () => ({
    export: (_spans, done) => done({ code: 0 }),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }),
  captureException: () => undefined,
  stats: () => ({ waiting: 0, acknowledged: 0, dropped: 0 }),
  flush: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

/**
 * Starts to record what this process does for the visits of a project. Call it once, before the servers are made. Never throws:
 * where it cannot start, it warns and returns a recorder that does nothing.
 */
export function init(options: Options): Backend {
  if (options?.disabled) return inert();
  try {
    if (!options.server || !options.key || !options.service)
      throw new Error('options.server, options.key and options.service are needed');
    return createBackend(process, options);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.emitWarning(`nothing is recorded: ${message}`, 'TraceflowWarning');
    return inert();
  }
}
