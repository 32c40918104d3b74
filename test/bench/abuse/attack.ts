// A process of its own: node attack.ts PORT KEY. Until it is killed, a thousand sockets send a request that never ends, one byte now and then,
// and eight more send batches as fast as they are let, half of them gzip bombs, from 127.0.0.1.
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';

const [port = 0] = [Number(process.argv[2])];
const key = process.argv[3] ?? '';
const SLOW = 1000;
const LOUD = 8;
const DRIP_MS = 500;
/** 48 MB of blanks in 48 KB. */
const bomb = gzipSync(Buffer.alloc(48 * 1024 * 1024, 0x20));

function slow(at: number): void {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('connect', () => {
    socket.write(
      `POST /v1/batches?key=${key} HTTP/1.1\r\nhost: x\r\n${at % 2 ? 'content-length: 60000\r\n\r\n[' : 'x-'}`,
    );
  });
  const drip = setInterval(() => socket.write('1'), DRIP_MS);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearInterval(drip);
    setTimeout(() => slow(at), DRIP_MS);
  });
}
for (let at = 0; at < SLOW; at += 1) slow(at);

const agent = new Agent({ keepAlive: true, maxSockets: LOUD });
let first = 0;
function loud(name: number): void {
  first += 1;
  const query = `v=1&key=${key}&session=loud${name}&window=w&generation=g${name}&first=${first}&count=1&from=1&to=2&sent=3`;
  const sent = request({ port, host: '127.0.0.1', agent, method: 'POST', path: `/v1/batches?${query}` }, (response) => {
    response.resume().on('end', () => loud(name));
  });
  sent.on('error', () => setTimeout(() => loud(name), DRIP_MS));
  sent.end(first % 2 ? bomb : '[1]');
}
for (let name = 0; name < LOUD; name += 1) loud(name);
process.send?.('attacking');
