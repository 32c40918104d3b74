// node workload.ts FOLDER ACKS SEED: a server's storage at work. What it promises is written to ACKS, one line each, the moment it is promised.
import { createHash, randomBytes } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { openEmbeddedStorage } from '../../../server/storage/embedded/embedded-storage.ts';
import type { NewBatch } from '../../../server/storage/storage.ts';
import { createRandom } from '../shop-random.ts';
import type { Promised } from './promised.ts';

const [, , dir = '', acks = '', seed = '1'] = process.argv;
const random = createRandom(Number(seed));
const acksFile = openSync(acks, 'w');
const promise = (promised: Promised): void => void writeSync(acksFile, `${JSON.stringify(promised)}\n`);

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
// Small segments, so that many of them begin, end and are cleaned.
const storage = await openEmbeddedStorage({ dir, log: silent, clock: Date.now, segmentBytes: 24 * 1024 });
const [project] = await storage.accounts.projects();
if (!project) throw new Error('The folder has no project.');

const SESSIONS = 8;
const ROUNDS = 30;
const PARALLEL = 6;
const next = new Map<string, number>();
const erased = new Set<string>();

function batchOf(session: string): NewBatch {
  const first = next.get(session) ?? 0;
  const count = random.between(1, 5);
  next.set(session, first + count);
  const text = `["mark-${session}-","${randomBytes(random.between(20, 4000)).toString('hex')}"]`;
  const bytes = Buffer.from(text);
  const body = { parts: [bytes], bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest() };
  const times = { fromAt: 1, toAt: 2, sentAt: 3, receivedAt: 4 };
  return {
    project: project?.id ?? '',
    session,
    window: `mark-${session}-`,
    generation: 'g',
    first,
    count,
    ...times,
    body,
  };
}

async function sendOne(): Promise<void> {
  const session = `s${random.between(0, SESSIONS - 1)}`;
  const batch = batchOf(session);
  const { outcome } = await storage.appendBatch(batch);
  if (outcome === 'stored') {
    const { first, count, body } = batch;
    promise({ kind: 'batch', session, first, count, sha256: body.sha256.toString('hex') });
  }
}

for (let round = 0; round < ROUNDS; round += 1) {
  const work = Array.from({ length: PARALLEL }, sendOne);
  if (random.chance(0.15)) {
    const session = `s${random.between(0, SESSIONS - 1)}`;
    const again = batchOf(session);
    work.push(
      storage.appendBatch(again).then(() => storage.appendBatch({ ...again, body: batchOf(session).body }).then()),
    );
  }
  if (random.chance(0.15)) {
    const session = `s${random.between(0, SESSIONS - 1)}`;
    if (!erased.has(session)) {
      erased.add(session);
      promise({ kind: 'erasing', session });
      work.push(
        storage
          .eraseSessions(project.id, [session], { reason: 'erased', at: 5 })
          .then(() => promise({ kind: 'erased', session })),
      );
    }
  }
  if (random.chance(0.2)) {
    const hash = randomBytes(32);
    const key = { hash, project: project.id, kind: 'write', createdAt: 6, role: null, label: '', origins: [] } as const;
    work.push(
      storage.accounts
        .addCredential({ ...key, expiresAt: null }, 'command')
        .then(() => promise({ kind: 'key', hash: hash.toString('hex') })),
    );
  }
  await Promise.all(work);
}
// Half of the time it simply ends, as at a crash.
if (random.chance(0.5)) await storage.close();
process.exit(0);
