import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { StreamMessage } from '../../../../shared/wire/stream.ts';

type Ack = Extract<StreamMessage, { kind: 'ack' }>;
type Refused = Extract<StreamMessage, { kind: 'problem' }>;

/** A batch as it goes into a frame. */
export interface StreamBatch {
  readonly first: number;
  readonly count: number;
  readonly body: Uint8Array;
}

/** One open stream, over the runtime's own WebSocket. */
export interface StreamClient {
  /** First event the server lacks, as it said at the beginning. */
  readonly next: number;
  readonly acks: readonly Ack[];
  readonly problems: readonly Refused[];
  /** Bytes that are not on their way yet: the server does not read. */
  unsent(): number;
  send(batch: StreamBatch): void;
  /** Sends anything. */
  raw(data: string | Uint8Array<ArrayBuffer>): void;
  /** Resolves with the code when it is closed, by whichever side. */
  readonly closed: Promise<number>;
  close(): void;
}

/** Address of a stream. */
export const streamPath = (key: string, over: Record<string, string> = {}): string =>
  `/v1/stream?${new URLSearchParams({ v: '1', key, session: 's1', window: 'w1', generation: 'g1', ...over })}`;

/** One frame: head, line feed, body. */
export function frameOf({ first, count, body }: StreamBatch): Uint8Array<ArrayBuffer> {
  const head = JSON.stringify({
    first,
    count,
    from: 1_700_000_000_000,
    to: 1_700_000_000_900,
    sent: 1_700_000_001_000,
  });
  return new Uint8Array(Buffer.concat([Buffer.from(`${head}\n`), body]));
}

/** Opens a stream and waits for the hello. @throws Error when it is refused or cut off before that. */
export async function openStream(url: string, key: string, over: Record<string, string> = {}): Promise<StreamClient> {
  const socket = new WebSocket(url.replace(/^http/, 'ws') + streamPath(key, over));
  const acks: Ack[] = [];
  const problems: Refused[] = [];
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code), { once: true });
  });
  const next = await new Promise<number>((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('The stream was refused.')), { once: true });
    socket.addEventListener('close', () => reject(new Error('The stream was cut off.')), { once: true });
    socket.addEventListener('message', ({ data }) => {
      const message = StreamMessage.parse(JSON.parse(String(data)));
      if (message.kind === 'hello') resolve(message.next);
      else if (message.kind === 'ack') acks.push(message);
      else problems.push(message);
    });
  });
  return {
    next,
    acks,
    problems,
    closed,
    unsent: () => socket.bufferedAmount,
    send: (batch) => socket.send(frameOf(batch)),
    raw: (data) => socket.send(data),
    close: () => socket.close(),
  };
}

const HANDSHAKE = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' } as const;
const KEY = Buffer.from('0123456789abcdef').toString('base64');

/** Asks for a stream as a browser does. @returns the answer; of one that is let in the hello. */
export async function upgrade(
  url: string,
  key: string,
  over: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const asked = request(url + streamPath(key, over), {
    headers: { ...HANDSHAKE, 'sec-websocket-key': KEY, ...headers },
  });
  asked.end();
  return new Promise((resolve, reject) => {
    asked.once('error', reject);
    asked.once('upgrade', (_response, socket: Socket, head: Buffer) => {
      const say = (bytes: Buffer): void => {
        socket.destroy();
        resolve(new Response(bytes.toString('utf8'), { status: 200, headers: { 'x-upgraded': '1' } }));
      };
      if (head.length > 0) say(head);
      else socket.once('data', say);
    });
    asked.once('response', (response) => {
      response.toArray().then((parts: Buffer[]) => {
        resolve(new Response(Buffer.concat(parts), { status: response.statusCode ?? 0 }));
      }, reject);
    });
  });
}

/** A bare connection that was let in, which does what it is told and answers nothing by itself. */
export async function openBare(url: string, key: string, over: Record<string, string> = {}) {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {}); // being hung up on is what the test waits for
  await once(socket, 'connect');
  const headers = { host: 'x', ...HANDSHAKE, 'sec-websocket-key': KEY };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET ${streamPath(key, over)} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(answer.toString('latin1'));
  return {
    socket,
    closed: new Promise<void>((resolve) => void socket.once('close', () => resolve())),
    /** The beginning of a masked binary frame of so many bytes, and so many of them. */
    beginFrame(bytes: number, sent: number): void {
      const head = Buffer.alloc(14);
      head[0] = 0x82;
      head[1] = 0x80 | 127;
      head.writeBigUInt64BE(BigInt(bytes), 2);
      socket.write(Buffer.concat([head, Buffer.alloc(sent, 0x20)]));
    },
  };
}
