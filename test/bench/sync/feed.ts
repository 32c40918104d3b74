import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process that serves CHUNKS chunks of BYTES bytes over the read side of the wire contract, and counts what it sends.
const [chunks = 0, bytes = 0, sessions = 1] = process.argv.slice(2).map(Number);
const bodies = Array.from({ length: Math.min(chunks, 256) }, () => {
  const body = randomBytes(bytes);
  return { body, sha256: createHash('sha256').update(body).digest('hex') };
});
const bodyOf = (seq: number) => bodies[(seq - 1) % bodies.length] as (typeof bodies)[number];
const change = (seq: number) => {
  const firstSeq = Math.floor((seq - 1) / sessions);
  const session = `s${(seq - 1) % sessions}`;
  const { sha256 } = bodyOf(seq);
  const times = { fromAt: seq, toAt: seq, skewMs: 0, receivedAt: seq };
  return {
    seq,
    kind: 'chunk',
    session,
    window: 'w',
    generation: `g${session}`,
    firstSeq,
    count: 1,
    ...times,
    bytes,
    sha256,
  };
};
let asked: number[] = [];

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://x');
  if (url.pathname.startsWith('/v1/chunks/')) {
    const seq = Number(url.pathname.slice('/v1/chunks/'.length));
    asked.push(seq);
    if (asked.length % 50 === 0) process.send?.({ sent: asked.length });
    response.writeHead(200, { 'content-length': bytes }).end(bodyOf(seq).body);
    return;
  }
  const after = Number(url.searchParams.get('after'));
  const count = Math.max(0, Math.min(Number(url.searchParams.get('limit')), chunks - after));
  const changes = Array.from({ length: count }, (_, index) => change(after + index + 1));
  const project = { project: 'p', name: 'bench', serverVersion: '0', now: 0 };
  const page = { history: 'h', changes, next: after + count, head: chunks };
  response.end(JSON.stringify(url.pathname === '/v1/project' ? { ...project, history: 'h', head: chunks } : page));
});
process.on('message', () => {
  process.send?.({ asked });
  asked = [];
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () =>
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
);
