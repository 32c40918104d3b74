import { parentPort, workerData } from 'node:worker_threads';
import { openStore, type StoreOptions } from '../store/store.ts';
import { serveObject } from '../threads/serve-object.ts';

if (!parentPort) throw new Error('This file runs as a worker thread.');

serveObject(parentPort, () => openStore(workerData as StoreOptions));
