import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import type { Backend } from '../../../sdk/node/src/index.ts';
import { linked, startRecorded } from './support/backend-sink.ts';

/** What is recorded of `GET /users/jane@example.com/orders/5`, answered by a router in a router. */
async function recordedThrough(listener: (app: RequestListener, backend: Backend) => RequestListener) {
  const recorded = await startRecorded();
  onTestFinished(() => recorded.close());
  const orders = express.Router();
  orders.get('/orders/:id', (_request, response) => void response.end('fine'));
  const app = express();
  app.use(recorded.backend.express());
  app.use('/users/:email', orders);
  const server = createServer(listener(app, recorded.backend));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await (await fetch(`http://127.0.0.1:${port}/users/jane@example.com/orders/5`, { headers: linked('r1') })).text();
  return recorded.of('request');
}

test('of routers in routers the route is recorded, and names nobody', async () => {
  const requests = await recordedThrough((app) => app);
  expect(requests).toMatchObject([{ route: expect.stringMatching(/^\/users\/.+\/orders\/:id$/) }]);
  expect(JSON.stringify(requests)).not.toContain('jane@example.com');
});

test('a request that comes through two of our adapters is one', async () => {
  expect(await recordedThrough((app, backend) => backend.http(app))).toHaveLength(1);
});
