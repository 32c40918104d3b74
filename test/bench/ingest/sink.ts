import { fdatasync, openSync, writev } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzip } from 'node:zlib';
import { initProject } from '../../../server/admin/index.ts';
import { createServer } from '../../../server/app.ts';

/** What is measured: our server; the least that is durable; one that looks into each batch. */
export type SinkKind = 'ours' | 'durable' | 'parsing';

const NO_LIMIT = { perSecond: 1e9, burst: 1e9 };
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error };

async function startOurs(dir: string): Promise<{ port: number; key: string }> {
  const { writeKey } = await initProject({ dir, clock: Date.now }, { name: 'bench' });
  const limits = { batchesPerKey: NO_LIMIT, batchesPerAddress: NO_LIMIT };
  const server = await createServer({ dir, clock: Date.now, log: silent, limits });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });
  return { port: Number(new URL(url).port), key: writeKey };
}

/** Appends whole bodies and syncs once per group, and nothing else: no checks, no index, nobody could find a batch again. */
function durablePeer(dir: string): (body: Buffer, response: ServerResponse) => void {
  const file = openSync(`${dir}/sink.bin`, 'w');
  let waiting: { body: Buffer; response: ServerResponse }[] = [];
  let busy = false;
  const flush = (): void => {
    const group = waiting;
    waiting = [];
    const written = (error: Error | null): void => {
      if (error) throw error;
      fdatasync(file, (syncError) => {
        if (syncError) throw syncError;
        for (const { response } of group) response.writeHead(204).end();
        busy = waiting.length > 0;
        if (busy) flush();
      });
    };
    writev(
      file,
      group.map(({ body }) => body),
      written,
    );
  };
  return (body, response) => {
    waiting.push({ body, response });
    if (busy) return;
    busy = true;
    setImmediate(flush);
  };
}

function parsingPeer(body: Buffer, response: ServerResponse): void {
  gunzip(body, (error, bytes) => {
    if (error) throw error;
    if (!Array.isArray(JSON.parse(bytes.toString()))) throw new Error('Not an array.');
    response.writeHead(204).end();
  });
}

function startPeer(take: (body: Buffer, response: ServerResponse) => void): Promise<{ port: number; key: string }> {
  const server = createHttpServer((request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => take(Buffer.concat(parts), response));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ port: (server.address() as AddressInfo).port, key: 'none' }));
  });
}

const [, , kind, dir = ''] = process.argv;
process.send?.(
  kind === 'ours' ? await startOurs(dir) : await startPeer(kind === 'durable' ? durablePeer(dir) : parsingPeer),
);
