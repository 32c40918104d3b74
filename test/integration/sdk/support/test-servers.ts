import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import express, { type ErrorRequestHandler } from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import type { Backend } from '../../../../sdk/node/src/index.ts';

/** A real server that answers `POST /orders/:id` and fails at `GET /broken/:id`. */
export interface TestServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What the handlers of all servers do. */
export interface Work {
  /** Gets the request's body; what it returns is answered. */
  readonly order: (body: string) => Promise<object>;
  readonly broken: () => Promise<never>;
}

const listening = async (server: Server): Promise<TestServer> => {
  if (!server.listening) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};

const startNode = (backend: Backend, { order, broken }: Work): Promise<TestServer> =>
  listening(
    createServer(
      backend.http((request, response) => {
        // As old code does it: by events, not by promises.
        let body = '';
        request.on('data', (part) => {
          body += part;
        });
        request.on('end', () => {
          const answer = request.url?.startsWith('/broken') ? broken() : order(body);
          answer.then(
            (json) =>
              response
                .writeHead(201, { 'content-type': 'application/json', 'retry-after': '7' })
                .end(JSON.stringify(json)),
            (error: unknown) => {
              backend.captureException(error);
              response.writeHead(500).end('failed');
            },
          );
        });
      }),
    ),
  );

const startExpress = (backend: Backend, { order, broken }: Work): Promise<TestServer> => {
  const app = express();
  app.use(backend.express());
  const shop = express.Router();
  shop.post('/orders/:id', express.text({ type: '*/*' }), async (request, response) => {
    response
      .status(201)
      .set('retry-after', '7')
      .json(await order(request.body));
  });
  app.use('/', shop);
  app.get('/broken/:id', () => broken());
  app.use(backend.expressErrors());
  const answer: ErrorRequestHandler = (_error, _request, response, _next) => void response.status(500).send('failed');
  app.use(answer);
  return listening(createServer(app));
};

const startFastify = async (backend: Backend, { order, broken }: Work): Promise<TestServer> => {
  const app = fastify();
  await app.register(backend.fastify());
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/orders/:id', async (request, reply) => {
    const json = await order(String(request.body));
    return reply.status(201).header('retry-after', '7').send(json);
  });
  app.get('/broken/:id', () => broken());
  app.setErrorHandler((_error, _request, reply) => reply.status(500).send('failed'));
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { ...(await listening(app.server)), close: () => app.close() };
};

const startHono = async (backend: Backend, { order, broken }: Work): Promise<TestServer> => {
  const app = new Hono();
  app.use(backend.hono());
  app.post('/orders/:id', async (context) =>
    context.json(await order(await context.req.text()), 201, { 'retry-after': '7' }),
  );
  app.get('/broken/:id', () => broken());
  app.onError((_error, context) => context.text('failed', 500));
  const server = await new Promise<Server>((done) => {
    const made = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => done(made as Server));
  });
  return listening(server);
};

/** How each kind of server is started. */
export const SERVERS = {
  'node:http': startNode,
  Express: startExpress,
  Fastify: startFastify,
  Hono: startHono,
} as const satisfies Record<string, (backend: Backend, work: Work) => Promise<TestServer>>;
