import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chunkText } from '../../../shared/node/gunzip.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import { fileWith, recording } from '../../integration/engine/support/recordings.ts';
import type { Random } from '../shop-random.ts';
import { startEngineRun } from './engine-run.ts';
import { emptyReport, type KillReport, note } from './kill-report.ts';
import { openLibrary, readLibrary, type StoredChunk } from './library-contents.ts';

const FILES = 6;
/** About as long as the import of all files takes, so that a kill meets any part of it. */
const LONGEST_MS = 500;

/** Recordings with nothing in common, by the key their session gets. */
export function writeRecordings(dir: string, random: Random, many = FILES): Map<string, string> {
  mkdirSync(dir, { recursive: true });
  return new Map(
    Array.from({ length: many }, (_, index) => {
      const events = recording(random.between(200, 1500), `${random.between(0, 1e9)} `.repeat(40));
      const text = JSON.stringify(events).replace('/cart?x=1', `/visit-${index}`);
      return [sha256(Buffer.from(text)).slice(0, 32), fileWith(dir, `${index}.json`, text)];
    }),
  );
}

/** The file a session was imported from, put together again from its chunks. */
export const textOf = (chunks: readonly StoredChunk[]): string =>
  `[${chunks.map(({ bytes }) => chunkText(bytes).slice(1, -1)).join(',')}]`;

/** What in a library is not whole, by the keys of recordings it may hold. */
export async function wrongImports(
  profileDir: string,
  files: ReadonlyMap<string, string>,
): Promise<{
  readonly present: number;
  readonly failures: string[];
}> {
  const engine = await openLibrary(profileDir);
  const failures: string[] = [];
  try {
    const sessions = await readLibrary(engine);
    for (const { row, chunks } of sessions) {
      const whole = sha256(Buffer.from(textOf(chunks))).slice(0, 32) === row.key;
      if (!files.has(row.key)) failures.push(`${row.key} was never imported`);
      else if (!whole) failures.push(`${row.source} is not whole: ${row.events} events`);
    }
    return { present: sessions.length, failures };
  } finally {
    await engine.close();
  }
}

/**
 * An engine imports files and is killed at random moments; after each kill every session is whole or not there. In the end
 * the import is done again: all are there, once.
 */
export async function killWhileImporting(dir: string, random: Random, kills: number): Promise<KillReport> {
  const report = emptyReport();
  const profile = join(dir, 'library');
  const files = writeRecordings(join(dir, 'files'), random);
  for (let kill = 0; kill < kills; kill++) {
    const run = startEngineRun([profile, 'import', ...files.values()]);
    await run.working;
    await wait(random.between(0, LONGEST_MS));
    if (run.kill()) note(report, 'kills: engine while it imports');
    await run.ended;
    report.failures.push(...(await wrongImports(profile, files)).failures);
  }
  const last = startEngineRun([profile, 'import', ...files.values()]);
  const state = await last.ended;
  if (state !== 'done') report.failures.push(`the last import ended ${state}: ${last.said()}`);
  const { present, failures } = await wrongImports(profile, files);
  report.failures.push(...failures);
  if (present !== files.size) report.failures.push(`${present} sessions of ${files.size} files`);
  note(report, 'files imported', files.size);
  return report;
}
