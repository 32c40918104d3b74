import { randomBytes } from 'node:crypto';
import { createHeaderFilter } from '../../web/src/capture/headers.ts';
import { expressErrorHandler, expressHandler } from './adapters/express.ts';
import { fastifyPlugin } from './adapters/fastify.ts';
import { honoHandler } from './adapters/hono.ts';
import { captureProcessErrors, createErrors } from './capture/errors.ts';
import { captureConsole, createLogs } from './capture/logs.ts';
import { createPinoStream } from './capture/pino.ts';
import { createRequests } from './capture/requests.ts';
import { createSpanExporter } from './capture/spans.ts';
import { type Emit, PLUGIN } from './captured.ts';
import { createCurrents } from './current.ts';
import { createGuard } from './guard.ts';
import { finishBeforeExit, finishOnSignals, keepAtExit } from './lifetime.ts';
import type { Backend, Options } from './options.ts';
import { createSessions } from './sessions.ts';
import { createOutbox } from './transport/outbox.ts';
import { createPost } from './transport/post.ts';
import { createSender } from './transport/sender.ts';
import { createSpool } from './transport/spool.ts';

/** Name and version of this SDK in recordings. */
const SDK = '@traceflow/node 1.0.0-beta';
/** rrweb's type of a plugin event. */
const PLUGIN_EVENT = 6;

const BATCH_CHARS = 256 * 1024;
const QUEUE_CHARS = 16 * 1024 * 1024;
/** How long somebody who asks for it waits for the rest to be sent, and how long the end of the process is held up. */
const FLUSH_MS = 5_000;
const FINISH_MS = 2_000;

/** A window's id says that it is a backend's (`isBackendWindow`); the rest is what an id may hold of the service's name. */
const windowOf = (service: string): string => `backend_${service.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 56)}`;

/** Waits for work, but not longer; meanwhile the process has something to do and does not end. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((done) => {
    timer = setTimeout(done, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}

/** Starts to record. @throws when the options are not fit for it. */
export function createBackend(program: NodeJS.Process, options: Options): Backend {
  const server = new URL(options.server).href.replace(/\/+$/, '');
  const now = (): number => Date.now();
  const warn = (message: string): void => program.emitWarning(message, 'TraceflowWarning');
  const guard = createGuard((message) => warn(`recording goes on without: ${message}`));
  const counts = { acknowledged: 0, dropped: 0 };
  const onDropped = (events: number): void => {
    counts.dropped += events;
  };
  const outbox = createOutbox({ batchChars: BATCH_CHARS, totalChars: options.queueChars ?? QUEUE_CHARS, onDropped });
  const sessions = createSessions(windowOf(options.service), () => randomBytes(16).toString('hex'));
  const spool =
    options.spool === undefined
      ? undefined
      : createSpool(options.spool, now, (error) => {
          guard.run(() => {
            throw error; // told once, as everything that goes wrong here
          });
        });
  const sender = createSender({
    ...{ server, key: options.key, outbox, spool, now, warn, onDropped, random: Math.random },
    post: createPost(now),
    onRefused() {
      onDropped(outbox.count());
      outbox.clear();
      guard.stop();
    },
    onErased: (session) => sessions.end(session),
    onAcknowledged: (events) => {
      counts.acknowledged += events;
    },
  });

  /** All that was recorded so far was tried to be sent. */
  let isFinished = false;
  const service = {
    ...{ sdk: SDK, service: options.service.slice(0, 200), runtime: `node ${program.versions.node}` },
    ...(options.release ? { release: options.release.slice(0, 200) } : {}),
  };
  const emit: Emit = (session, kind, payload, at = now()) => {
    const found = guard.active ? sessions.placeOf(session) : undefined;
    if (!found) return;
    const add = (plugin: string, told: unknown): void => {
      const json = JSON.stringify({ type: PLUGIN_EVENT, data: { plugin, payload: told }, timestamp: at });
      outbox.add(found.place, at, json);
    };
    isFinished = false; // what is recorded after a signal is worth another try
    if (found.isNew) add(PLUGIN.service, service);
    add(PLUGIN[kind], payload);
  };

  const currents = createCurrents();
  const errors = createErrors(emit, currents);
  const logs = createLogs(emit, currents);
  const requests = createRequests({
    ...{ emit, currents, guard, now, monotonic: () => performance.now() },
    headers: createHeaderFilter(options.headers),
  });
  const flush = (): Promise<void> => atMost(FLUSH_MS, sender.flush());
  const finish = async (): Promise<void> => {
    isFinished = true;
    await atMost(FINISH_MS, sender.flush());
    sender.keep();
  };

  captureProcessErrors(program, {
    ...{ guard, errors },
    // What is written is sent by the next process: there is no time to send it now.
    onFatal() {
      requests.abandon();
      sender.keep();
    },
  });
  if (options.console !== false) captureConsole(console, guard, logs);
  keepAtExit(program, guard, sender.keep);
  finishBeforeExit(program, { guard, finish, hasMore: () => !isFinished && outbox.count() > 0 });
  if (options.signals !== false) finishOnSignals(program, { guard, finish, hasMore: () => outbox.count() > 0 });

  return {
    http: (handler) => (request, response) =>
      requests.follow(...[request, response, () => undefined], () => {
        try {
          return handler(request, response);
        } catch (error) {
          guard.run(() => errors.record('request', error));
          throw error;
        }
      }),
    express: () => expressHandler(requests),
    expressErrors: () => expressErrorHandler(errors, guard),
    fastify: () => fastifyPlugin(requests, errors, guard),
    hono: () => honoHandler(requests, errors, currents, guard),
    pinoStream: () => createPinoStream(guard, logs),
    spanExporter: () => createSpanExporter({ emit, currents, guard, flush, attributes: options.attributes ?? [] }),
    captureException(error) {
      if (guard.active) guard.run(() => errors.record('handled', error));
    },
    stats: () => ({ waiting: outbox.count(), ...counts }),
    flush,
    async close() {
      await finish();
      guard.stop();
      sender.close();
    },
  };
}
