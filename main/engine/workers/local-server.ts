import { parentPort, workerData } from 'node:worker_threads';
import type { LocalServerOptions } from '../local-server/local-server-api.ts';
import { createLocalServerHost } from '../local-server/local-server-host.ts';
import { serveObject } from '../threads/serve-object.ts';

if (!parentPort) throw new Error('This file runs as a worker thread.');

serveObject(parentPort, () => createLocalServerHost(workerData as LocalServerOptions));
