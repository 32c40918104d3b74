import { connect, type Socket } from 'node:net';
import { sampleBatch } from './sample-batch.ts';

// A process of its own: keep-alive connections over bare sockets, so that the sender costs as little as possible. For each
// message, a number of ms, it sends for that long and answers with the rate of acknowledged batches.
const [port = 0, connections = 1] = [2, 4].map((at) => Number(process.argv[at]));
const key = process.argv[3] ?? '';
const { body, events } = sampleBatch(64 * 1024);

let answered = 0;
let isSending = false;

interface Driver {
  readonly socket: Socket;
  /** Sends one batch after the other until told to stop; resolves at the last answer. */
  drive(): Promise<void>;
}

function createDriver(name: string): Promise<Driver> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let first = 0;
  let text = '';
  let finish = (): void => {};
  const send = (): void => {
    const query = `v=1&key=${key}&session=s${name}&window=w&generation=g${name}&first=${first}&count=${events}&from=1700000000000&to=1700000040000&sent=1700000041000`;
    first += events;
    socket.cork();
    socket.write(
      `POST /v1/batches?${query} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    socket.write(body);
    socket.uncork();
  };
  socket.on('data', (part) => {
    text += part.toString('latin1');
    const headEnd = text.indexOf('\r\n\r\n');
    if (headEnd === -1) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (text.length < headEnd + 4 + length) return;
    if (!/^HTTP\/1.1 20[04]/.test(text)) throw new Error(`A batch was refused: ${text}`);
    text = '';
    answered += 1;
    if (isSending) send();
    else finish();
  });
  const drive = (): Promise<void> =>
    new Promise((resolve) => {
      finish = resolve;
      send();
    });
  return new Promise((resolve) => {
    socket.on('connect', () => resolve({ socket, drive }));
  });
}

const drivers = await Promise.all(Array.from({ length: connections }, (_, at) => createDriver(String(at))));

process.on('message', async (ms: number) => {
  const before = answered;
  const startedAt = performance.now();
  isSending = true;
  setTimeout(() => {
    isSending = false;
  }, ms);
  await Promise.all(drivers.map((driver) => driver.drive()));
  process.send?.(((answered - before) * 1000) / (performance.now() - startedAt));
});
process.on('disconnect', () => {
  for (const { socket } of drivers) socket.destroy();
});
process.send?.('ready');
