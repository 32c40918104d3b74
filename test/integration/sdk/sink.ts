import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import type { RecordedEvent } from '../../../shared/model/recorded-event.ts';
import { BatchHead, type BatchReceipt } from '../../../shared/wire/batch.ts';

/** What a page sent, as a server would keep it: events by (window, generation, seq). */
export interface Sink {
  readonly url: string;
  /** Heads of the batches that were accepted, in order of arrival. */
  readonly heads: BatchHead[];
  /** Batches that held nothing new. */
  readonly repeats: () => number;
  /** Bodies that came plain, and those that came packed. */
  readonly plain: () => number;
  /** Decides what happens to the next posts: `drop` hangs up, `forget` stores and then hangs up. The default accepts. */
  answer: (head: BatchHead) => 'accept' | 'drop' | 'forget' | number;
  /** All accepted events of a generation (or of all), in order of seq. */
  events(generation?: string): RecordedEvent[];
  generations(): string[];
  seqs(generation: string): number[];
  /** Everything that arrived, as text: what must not be there can be looked for. */
  text(): string;
  /** Each accepted body: its size as it came, and what it held. */
  readonly bodies: { readonly bytes: number; readonly text: string }[];
  /** Takes over connections that ask to become something else than HTTP. */
  onUpgrade(handler: (request: IncomingMessage, socket: Duplex) => void): void;
  /** Settles when the condition holds; checked at each arrival. */
  until(what: string, condition: () => boolean): Promise<void>;
  close(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

/** Starts a minimal server that speaks the batch contract, and serves the files it is given. @param file path -> [type, body]. */
export async function startSink(
  file: (path: string, response: ServerResponse, request: IncomingMessage) => boolean,
): Promise<Sink> {
  const stored = new Map<string, Map<number, RecordedEvent>>();
  const heads: BatchHead[] = [];
  const waiting = new Set<() => void>();
  const upgraded = new Set<Duplex>();
  let repeats = 0;
  let plain = 0;
  const bodies: { bytes: number; text: string }[] = [];

  const accept = (head: BatchHead, body: Buffer): BatchReceipt => {
    const packed = body[0] === 0x1f && body[1] === 0x8b;
    if (!packed) plain++;
    const text = (packed ? gunzipSync(body) : body).toString('utf8');
    const events = JSON.parse(text) as RecordedEvent[];
    if (events.length !== head.count) throw new Error(`${events.length} events under a head of ${head.count}`);
    bodies.push({ bytes: body.length, text });
    const seqs = stored.get(head.generation) ?? new Map<number, RecordedEvent>();
    stored.set(head.generation, seqs);
    const known = seqs.size;
    for (const [i, event] of events.entries()) seqs.set(head.first + i, event);
    if (seqs.size === known) repeats++;
    heads.push(head);
    let next = 0;
    while (seqs.has(next)) next++;
    return { generation: head.generation, next, duplicate: seqs.size === known };
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://sink');
    response.setHeader('access-control-allow-origin', '*');
    if (url.pathname !== '/v1/batches') {
      if (!file(url.pathname, response, request)) response.writeHead(404).end();
      return;
    }
    const body = await readBody(request).catch(() => undefined);
    if (!body) return;
    const head = BatchHead.parse(Object.fromEntries(url.searchParams));
    const answer = sink.answer(head);
    if (answer === 'forget') accept(head, body);
    if (answer === 'drop' || answer === 'forget') request.socket.destroy();
    else if (answer === 'accept') response.end(JSON.stringify(accept(head, body)));
    else response.writeHead(answer).end(JSON.stringify({ code: 'internal', message: 'as told' }));
    for (const check of waiting) check();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  const inOrder = (generation: string) => [...(stored.get(generation) ?? [])].sort(([a], [b]) => a - b);
  const sink: Sink = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heads,
    repeats: () => repeats,
    plain: () => plain,
    answer: () => 'accept',
    events: (generation) =>
      (generation ? [generation] : [...stored.keys()]).flatMap((id) => inOrder(id).map(([, event]) => event)),
    generations: () => [...stored.keys()],
    seqs: (generation) => inOrder(generation).map(([seq]) => seq),
    text: () => bodies.map(({ text }) => text).join('\n'),
    bodies,
    onUpgrade: (handler) =>
      void server.on('upgrade', (request, socket) => {
        upgraded.add(socket);
        handler(request, socket);
      }),
    until: (what, condition) =>
      new Promise((done, fail) => {
        const timer = setTimeout(() => {
          waiting.delete(check);
          fail(new Error(`the sink never saw: ${what}`));
        }, 20_000);
        const check = () => {
          if (!condition()) return;
          waiting.delete(check);
          clearTimeout(timer);
          done();
        };
        waiting.add(check);
        check();
      }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
        for (const socket of upgraded) socket.destroy();
      }),
  };
  return sink;
}
