import { join } from 'node:path';
import { initProject } from '../../server/admin/index.ts';
import { createServer } from '../../server/app.ts';
import type { ServerLog } from '../../server/log.ts';

/** A real ingestion service on loopback with one project. */
export interface TeamServer {
  readonly url: string;
  readonly writeKey: string;
  readonly readToken: string;
  /** Resolves when what was sent before is derived. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const silent = (): void => undefined;
/** Failures are shown, everyday news is not. */
const LOG: ServerLog = {
  debug: silent,
  info: silent,
  warn: (fields, message) => console.warn(message, fields),
  error: (fields, message) => console.error(message, fields),
};

/** Starts a service in `<dir>/server`. @param sdkFile the built recorder it hands out to pages. */
export async function startTeamServer(dir: string, sdkFile: string): Promise<TeamServer> {
  const data = join(dir, 'server');
  const { writeKey, readToken } = await initProject({ dir: data, clock: Date.now }, { name: 'Morrow Goods' });
  const server = await createServer({ dir: data, clock: Date.now, log: LOG, sdkFile });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });
  return { url, writeKey, readToken, settle: server.settle, close: () => server.close() };
}
