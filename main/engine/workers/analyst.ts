import { parentPort } from 'node:worker_threads';
import { createAnalyst } from '../analyst/analyst.ts';
import { serveObject } from '../threads/serve-object.ts';

if (!parentPort) throw new Error('This file runs as a worker thread.');

serveObject(parentPort, () => createAnalyst());
