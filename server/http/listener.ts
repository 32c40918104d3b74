import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { PATHS } from '../../shared/wire/change.ts';
import type { Limits } from '../limits.ts';

/** Where to listen; port 0 takes any free one. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
}

/** Certificate chain and key, PEM. */
export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Takes over connections that ask to be WebSockets. */
export interface Upgrades {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** A server with our time limits: https with a certificate, http without. @throws when certificate and key do not fit. */
export function createHttpServer(
  limits: Limits,
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
  streams: Upgrades,
  certificate?: Certificate,
): Server {
  const options = {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: limits.timeoutCheckMs,
    // Who offers another protocol elsewhere is answered in this one.
    shouldUpgradeCallback: (request: IncomingMessage) => request.url?.startsWith(PATHS.stream) === true,
  };
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    // While closing, a connection that is kept busy is let go after the answer under way.
    if (!server.listening) response.shouldKeepAlive = false;
    onRequest(request, response);
  };
  const server: Server = certificate
    ? createTlsServer({ ...options, ...certificate, minVersion: 'TLSv1.2' }, take)
    : createServer(options, take);
  server.on('upgrade', streams.upgrade);
  server.on('clientError', onClientError);
  return server;
}

/** @returns the URL under which the server is reached. @throws when the port is taken. */
export function listen(server: Server, { host, port }: ListenOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      const address = server.address() as AddressInfo; // a string only for pipes
      const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      resolve(`${server instanceof TlsServer ? 'https' : 'http'}://${name}:${address.port}`);
    });
  });
}

const SWEEP_MS = 25;

/** Takes no new requests, waits `graceMs` for those under way, then hangs up. */
export function closeHttpServer(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => server.closeAllConnections(), graceMs);
    // A connection that was answered just before falls idle later.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    server.close((error) => {
      clearTimeout(giveUp);
      clearInterval(sweep);
      if (error) reject(error);
      else resolve();
    });
  });
}

const TIMEOUT = { status: 408, code: 'timeout', message: 'The request took too long to arrive.' };
const HEADERS = { status: 431, code: 'too-large', message: 'The headers of the request are too long.' };
const NOT_HTTP = { status: 400, code: 'bad-request', message: 'This is not a valid HTTP request.' };

/** What never became a request is answered on the bare socket. */
function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, ...problem } =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? TIMEOUT : error.code === 'HPE_HEADER_OVERFLOW' ? HEADERS : NOT_HTTP;
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Access-Control-Allow-Origin: *\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
