import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openEmbeddedStorage } from '../../../server/storage/embedded/embedded-storage.ts';
import { messageOf } from '../../../shared/lib/app-error.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import { findTraces } from '../../integration/server/support/traces.ts';
import type { Folder } from './disk-state.ts';
import type { Promised } from './promised.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Opens a state as a server does after the power is back. @returns what is not as it was promised: a batch that is lost, differs or
 * is there twice, a lost key, bytes of an erased session, or a folder that does not open or takes nothing any more.
 */
export async function checkState(
  dir: string,
  state: Folder,
  promised: readonly Promised[],
  project: string,
): Promise<string[]> {
  await rm(dir, { recursive: true, force: true });
  for (const [path, bytes] of state) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), bytes);
  }
  const wrong: string[] = [];
  const gone = new Set(promised.flatMap((one) => (one.kind === 'erased' ? [one.session] : [])));
  const maybeGone = new Set(promised.flatMap((one) => (one.kind === 'erasing' ? [one.session] : [])));
  try {
    const storage = await openEmbeddedStorage({ dir, log: silent, clock: Date.now, segmentBytes: 24 * 1024 });
    const { changes } = await storage.readChanges(project, 0, 1000);
    const erased = new Set<string>(changes.flatMap((one) => (one.kind === 'erased' ? [one.session] : [])));
    const kept = new Map<string, string>();
    for (const change of changes) {
      if (change.kind !== 'chunk') continue;
      const name = `${change.session} ${change.firstSeq}+${change.count}`;
      if (kept.has(name)) wrong.push(`${name} is there twice`);
      const chunk = await storage.findChunk(project, change.seq);
      const bytes = await chunk?.read(0, chunk.bytes);
      if (!bytes || sha256(bytes) !== change.sha256) wrong.push(`${name} differs from its hash`);
      kept.set(name, change.sha256);
    }
    for (const one of promised) {
      if (one.kind === 'batch') {
        if (maybeGone.has(one.session) && erased.has(one.session)) continue;
        const name = `${one.session} ${one.first}+${one.count}`;
        if (kept.get(name) !== one.sha256) wrong.push(`${name} was promised and is lost`);
      } else if (one.kind === 'key') {
        if (!(await storage.accounts.findCredential(Buffer.from(one.hash, 'hex')))) wrong.push('a key is lost');
      } else if (one.kind === 'erased' && !erased.has(one.session)) wrong.push(`${one.session} came back`);
    }
    if (!(await storage.accounts.audit()).intact) wrong.push('the audit log is broken');
    await storage.checkHealth();
    await storage.close();
    for (const session of gone) wrong.push(...(await findTraces(dir, [`mark-${session}-`])));
  } catch (error) {
    wrong.push(`it does not open: ${messageOf(error)}`);
  }
  return wrong;
}
