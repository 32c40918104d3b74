import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStorage } from '../../../server/storage/embedded/embedded-storage.ts';
import { storageContract } from './storage.contract.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

// Segments of 2 kB, so that each test goes through several of them.
storageContract('embedded', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'traceflow-contract-'));
  return {
    open: () => openEmbeddedStorage({ dir, log: silent, clock: Date.now, segmentBytes: 2048 }),
    dispose: () => rm(dir, { recursive: true, force: true }),
  };
});
