import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { PATHS } from '../../shared/wire/change.ts';
import { MAX_STREAM_HEAD_BYTES, StreamQuery } from '../../shared/wire/stream.ts';
import { HttpProblem, tooMany } from '../http/http-problem.ts';
import { readQuery } from '../http/read-query.ts';
import type { Exchange } from '../http/route.ts';
import { toProblem } from '../http/to-problem.ts';
import { checkVersion } from '../ingest/read-head.ts';
import type { SenderOf } from '../ingest/sender.ts';
import { type BatchTaker, erased } from '../ingest/take-batch.ts';
import type { Limits } from '../limits.ts';
import type { ServerLog } from '../log.ts';
import type { Storage } from '../storage/storage.ts';
import { countReceived } from './received-bytes.ts';
import { runStream, type Stream } from './stream.ts';

/** What the gateway needs. */
export interface GatewayDeps {
  readonly taker: BatchTaker;
  readonly storage: Pick<Storage, 'resumeAt'>;
  readonly senderOf: SenderOf;
  readonly limits: Limits;
  readonly clock: () => number;
  readonly log: ServerLog;
}

/** Takes batches over WebSockets, one for each generation. */
export interface Gateway {
  /** Streams that are open. */
  count(): number;
  /** Listener for a server's upgrades. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** `GET /v1/stream` without an upgrade: says what it is for, to those who may use it. */
  explain(exchange: Exchange): Promise<void>;
  /** Lets nobody in any more; acknowledges what streams have sent, then closes them. */
  drain(): Promise<void>;
  /** Hangs up on what is left. */
  close(): void;
}

const BUSY_MS = 5000;

/** @param deps.clock ms since epoch. */
export function createGateway({ taker, storage, senderOf, limits, clock, log }: GatewayDeps): Gateway {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Bodies are gzip already, and a context for each stream would cost memory.
    perMessageDeflate: false,
    maxPayload: limits.batchBytes + MAX_STREAM_HEAD_BYTES,
  });
  const open = new Map<Stream, string>();
  let held = 0;
  let isStopping = false;
  const sweep = setInterval(() => {
    for (const stream of open.keys()) stream.check(clock());
  }, limits.timeoutCheckMs);
  sweep.unref();

  const hold = (bytes: number): boolean => {
    held += bytes;
    return held <= limits.receivingBytes;
  };
  const release = (bytes: number): void => {
    held -= bytes;
  };
  const failed = (error: unknown): void => log.error({ err: error }, 'A batch of a stream failed.');

  async function admit(request: IncomingMessage): Promise<{ query: StreamQuery; project: string }> {
    const query = readQuery(StreamQuery, new URLSearchParams(request.url?.split('?')[1] ?? ''));
    checkVersion(query.v);
    return { query, project: await taker.admit(query.key, senderOf(request), 1) };
  }

  function checkRoom(key: string): void {
    if (isStopping) throw new HttpProblem(503, 'stopping', 'The server is stopping. Use another one.');
    const ofKey = [...open.values()].filter((one) => one === key).length;
    if (open.size >= limits.streams || ofKey >= limits.streamsPerKey)
      throw tooMany('Too many streams are open.', BUSY_MS);
  }

  async function letIn(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (request.url?.split('?')[0] !== PATHS.stream)
      throw new HttpProblem(404, 'not-found', 'There is no stream at this path.');
    const { query, project } = await admit(request);
    const next = await storage.resumeAt({ ...query, project });
    if (next === 'erased') throw erased();
    checkRoom(query.key);
    const sender = senderOf(request);
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const stream = runStream(opened, query, sender, next, { taker, limits, clock, hold, release, failed });
      open.set(stream, query.key);
      const received = countReceived(socket, opened, { limits, hold, release });
      opened.once('close', () => {
        open.delete(stream);
        received.stop();
      });
    });
  }

  return {
    count: () => open.size,
    upgrade(request, socket, head) {
      const onError = (): void => void socket.destroy();
      socket.on('error', onError);
      letIn(request, socket, head).then(
        () => socket.off('error', onError),
        (error: unknown) => {
          const problem = toProblem(error);
          if (problem.status === 500) failed(error);
          refuse(socket, problem);
        },
      );
    },
    async explain({ request }) {
      await admit(request);
      throw new HttpProblem(426, 'upgrade-required', 'This is a WebSocket. Send batches alone to /v1/batches.', {
        upgrade: 'websocket',
      });
    },
    async drain() {
      isStopping = true;
      await Promise.all([...open.keys()].map((stream) => stream.drain()));
    },
    close() {
      isStopping = true;
      clearInterval(sweep);
      for (const stream of open.keys()) stream.end();
    },
  };
}

/** An answer on the bare socket: there is no stream to say it in. */
function refuse(socket: Duplex, { status, code, message, headers }: HttpProblem): void {
  const body = JSON.stringify({ code, message });
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\n${more.join('')}` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
