import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback server that a hostile recording tries to reach; it counts requests and bare connections. */
export interface Beacon {
  readonly base: string;
  readonly hits: readonly string[];
  readonly connections: number;
  /** Forgets what came so far. */
  clear(): void;
  close(): Promise<void>;
}

const CONTENT_TYPES: readonly [RegExp, string, string][] = [
  [/css/, 'text/css', 'body{color:red}'],
  [/\.html/, 'text/html', '<script>fetch("/ran-in-frame")</script>'],
  [/svg/, 'image/svg+xml', ''],
];

export async function startBeacon(): Promise<Beacon> {
  const hits: string[] = [];
  let connections = 0;
  const server = http.createServer((request, response) => {
    const url = request.url ?? '';
    hits.push(url);
    const [, type = 'text/plain', body = ''] = CONTENT_TYPES.find(([pattern]) => pattern.test(url)) ?? [];
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': type });
    response.end(body);
  });
  server.on('connection', () => {
    connections++;
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hits,
    get connections() {
      return connections;
    },
    clear: () => {
      hits.length = 0;
      connections = 0;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
