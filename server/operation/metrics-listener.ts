import { createServer } from 'node:http';
import { closeHttpServer, type ListenOptions, listen } from '../http/listener.ts';
import type { ServerLog } from '../log.ts';
import type { Gauges } from './gauges.ts';
import type { Metrics } from './metrics.ts';

/** Metrics have a port of their own: they are of all projects together, and so for no token of one. */
export interface MetricsListener {
  /** @returns the address of the metrics. @throws when the port is taken. */
  listen(options: ListenOptions): Promise<string>;
  close(): Promise<void>;
}

const GRACE_MS = 1000;

/** Answers `GET /metrics`, and nothing else. */
export function createMetricsListener(metrics: Metrics, gauges: Gauges, log: ServerLog): MetricsListener {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    gauges.read().then(
      (read) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metrics.text(read)),
      (error: unknown) => {
        log.error({ err: error }, 'The metrics could not be read.');
        response.writeHead(500).end();
      },
    );
  });
  return {
    listen: async (options) => {
      gauges.start();
      return `${await listen(server, options)}/metrics`;
    },
    async close() {
      gauges.stop();
      await closeHttpServer(server, GRACE_MS);
    },
  };
}
