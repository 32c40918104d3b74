import { parentPort, workerData } from 'node:worker_threads';
import { openLibraryReader } from '../store/library-reader.ts';
import { serveObject } from '../threads/serve-object.ts';

if (!parentPort) throw new Error('This file runs as a worker thread.');

serveObject(parentPort, () => openLibraryReader(workerData as Parameters<typeof openLibraryReader>[0]));
