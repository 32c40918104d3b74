// A program that is recorded (or, without a server to record to, is not) and ends in the way it is told.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { init } from '../../../../sdk/node/src/index.ts';
import { linked } from './backend-sink.ts';

const [server = '', spool = '', end = ''] = process.argv.slice(2);
const backend = init({
  ...{ server: server || 'http://127.0.0.1:9', key: 'tfw_test', service: 'dying', disabled: server === '' },
  ...(spool === '' ? {} : { spool }),
});

const ENDINGS: Readonly<Record<string, () => void>> = {
  throw: () => {
    throw new Error('the last straw');
  },
  reject: () => void Promise.reject(new Error('nobody looked')),
  survive: () => {
    process.on('unhandledRejection', () => console.log('survived'));
    void Promise.reject(new Error('nobody looked'));
  },
  wait: () => console.log('waiting'),
  work: () => console.log('worked'),
};

const app = createServer(
  backend.http((_request, response) => {
    if (end !== 'throw') response.end('done');
    // Not in the handler itself: as work that goes on after it.
    setTimeout(() => ENDINGS[end]?.(), 5);
  }),
).listen(0, '127.0.0.1', () => {
  const { port } = app.address() as AddressInfo;
  const asked = request({ port, host: '127.0.0.1', path: '/order', headers: linked('r1'), agent: false }, (answer) => {
    answer.resume().on('end', () => {
      if (end !== 'wait') app.close();
    });
  });
  asked.on('error', () => undefined).end();
});
