import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** The other side went away before it was answered. */
  readonly gone: Promise<void>;
}

/** How a request is answered. */
export type Reply = (response: ServerResponse, received: Received) => void | Promise<void>;

/** An OpenAI-compatible endpoint over real HTTP that answers, or misbehaves, as a test says. */
export interface ModelEndpoint {
  /** Its base URL, `http://127.0.0.1:<port>/v1`. */
  readonly url: string;
  readonly received: readonly Received[];
  /** How all requests from now on are answered. */
  reply(how: Reply): void;
  close(): Promise<void>;
}

/** Starts an endpoint on a free port of this machine. */
export async function startModelEndpoint(): Promise<ModelEndpoint> {
  const received: Received[] = [];
  let how: Reply = (response) => said(response, 'ready');
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const gone = new Promise<void>((done) => response.once('close', () => !response.writableFinished && done()));
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces), gone };
      received.push(one);
      void how(response, one);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    reply: (next) => {
      how = next;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** One event of a streamed answer. */
export const piece = (content: string | null, finish: string | null = null): string =>
  `data: ${JSON.stringify({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta: content === null ? {} : { content }, finish_reason: finish }],
  })}\n\n`;

/** Begins a streamed answer. */
export const beginStream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });

/** A complete streamed answer, in pieces of a few letters. */
export function said(response: ServerResponse, text: string, finish = 'stop'): void {
  beginStream(response);
  for (const part of text.match(/[\s\S]{1,7}/g) ?? []) response.write(piece(part));
  response.write(piece(null, finish));
  response.end('data: [DONE]\n\n');
}

/** A plain answer. */
export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'string' ? 'text/html' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers }).end(text);
  };
