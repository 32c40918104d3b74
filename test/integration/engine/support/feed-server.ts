import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { sha256 } from '../../../../shared/node/hashing.ts';
import type { ChangePage, ChunkChange } from '../../../../shared/wire/change.ts';

/** Does something else than the honest answer to a request when it returns true. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A server that speaks the read side of the wire contract over chunks a test makes up. */
export interface FeedServer {
  readonly url: string;
  readonly token: string;
  /** How often each chunk was asked for, by seq. */
  readonly asked: Map<number, number>;
  history: string;
  fault: Fault;
  /** Adds the next chunk: `count` events of a session. */
  add(session: string, firstSeq: number, count?: number): ChunkChange;
  /** Forgets all changes behind `seq`, as a restored backup does. */
  rollBack(seq: number): void;
  close(): Promise<void>;
}

const AT = 1_700_000_000_000;

export async function startFeedServer(): Promise<FeedServer> {
  const changes: { change: ChunkChange; bytes: Buffer }[] = [];
  const token = 'read-token';
  const send = (response: ServerResponse, status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };

  const http = createServer((request, response) => {
    if (server.fault(request, response)) return;
    if (request.headers.authorization !== `Bearer ${token}`) {
      return send(response, 401, { code: 'unauthorized', message: 'This read token is not known here.' });
    }
    const url = new URL(request.url ?? '/', 'http://x');
    const head = changes.at(-1)?.change.seq ?? 0;
    if (url.pathname === '/v1/project') {
      return send(response, 200, {
        project: 'p',
        name: 'Shop',
        serverVersion: '1',
        history: server.history,
        head,
        now: AT,
      });
    }
    if (url.pathname === '/v1/changes') {
      const after = Number(url.searchParams.get('after'));
      const part = changes.filter(({ change }) => change.seq > after).slice(0, Number(url.searchParams.get('limit')));
      const next = part.at(-1)?.change.seq ?? after;
      return send(response, 200, {
        history: server.history,
        changes: part.map(({ change }) => change),
        next,
        head,
      } satisfies ChangePage);
    }
    const seq = Number(url.pathname.replace('/v1/chunks/', ''));
    const found = changes.find(({ change }) => change.seq === seq);
    if (!found) return send(response, 404, { code: 'not-found', message: 'There is no such chunk.' });
    server.asked.set(seq, (server.asked.get(seq) ?? 0) + 1);
    response.writeHead(200, { 'content-length': found.bytes.length }).end(found.bytes);
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));

  const server: FeedServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    token,
    asked: new Map(),
    history: 'first',
    fault: () => false,
    add: (session, firstSeq, count = 2) => {
      const events = Array.from({ length: count }, (_, index) => ({
        type: firstSeq + index === 0 ? 4 : 5,
        timestamp: AT + (firstSeq + index) * 100,
        data:
          firstSeq + index === 0
            ? { href: `https://shop.example/${session}`, width: 1, height: 1 }
            : { tag: 't', payload: index },
      }));
      const bytes = gzipSync(JSON.stringify(events));
      const seq = (changes.at(-1)?.change.seq ?? 0) + 1;
      const change = {
        seq,
        kind: 'chunk',
        session,
        window: 'w',
        generation: `g-${session}`,
        firstSeq,
        count,
        fromAt: AT + firstSeq * 100,
        toAt: AT + (firstSeq + count - 1) * 100,
        skewMs: 0,
        receivedAt: AT,
        bytes: bytes.length,
        sha256: sha256(bytes),
      } as ChunkChange;
      changes.push({ change, bytes });
      return change;
    },
    rollBack: (seq) => {
      while ((changes.at(-1)?.change.seq ?? 0) > seq) changes.pop();
    },
    close: () =>
      new Promise((done) => {
        http.close(() => done());
        http.closeAllConnections();
      }),
  };
  return server;
}
