import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { constants, copyFile, mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { AppError } from '../../shared/lib/app-error.ts';
import { openAccounts } from '../storage/embedded/accounts.ts';
import { ACCOUNTS_FILE } from '../storage/embedded/embedded-storage.ts';
import { openIndex } from '../storage/embedded/index-file.ts';
import { JOURNAL_DIRS } from '../storage/embedded/open-journals.ts';
import { listSegments, segmentName } from '../storage/embedded/segment-file.ts';
import { syncFolder } from '../storage/embedded/sync-folder.ts';
import { type AdminDeps, assertFolder } from './open-admin.ts';

const MANIFEST = 'backup.json';

/** All a backup may hold: nothing in a manifest can lead out of the folder. */
const NAME = /^((journal|conflicts)\/\d{8}|accounts)\.tfj$/;

const Manifest = z.object({
  format: z.literal('traceflow-server-backup@1'),
  madeAt: z.number(),
  files: z.array(z.object({ name: z.string().regex(NAME), bytes: z.number().int(), sha256: z.string() })),
});

/** What a backup holds. */
export interface BackupReport {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Copies everything that cannot be made again into a new folder, also while a server runs: whatever was acknowledged before it
 * began is in it. The folder gets its name when it is whole and synced. Journals come first and accounts last, so that each batch has its project.
 * @throws AppError `conflict` when `to` exists.
 */
export async function backUp({ dir, clock }: AdminDeps, to: string): Promise<BackupReport> {
  assertFolder(dir);
  if (existsSync(to)) throw new AppError('conflict', `${to} exists already. Choose a new folder for the backup.`);
  const unfinished = `${to}.unfinished`;
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const names: string[] = [];
  for (const folder of Object.values(JOURNAL_DIRS)) {
    if (!existsSync(`${dir}/${folder}`)) continue;
    await mkdir(`${unfinished}/${folder}`, { recursive: true, mode: 0o700 });
    names.push(...(await copySegments(dir, unfinished, folder)));
  }
  await copyFile(`${dir}/${ACCOUNTS_FILE}`, `${unfinished}/${ACCOUNTS_FILE}`);
  names.push(ACCOUNTS_FILE);
  const files = [];
  for (const name of names) files.push({ name, ...(await sealFile(`${unfinished}/${name}`)) });
  const manifest: z.infer<typeof Manifest> = { format: 'traceflow-server-backup@1', madeAt: clock(), files };
  await writeFile(`${unfinished}/${MANIFEST}`, JSON.stringify(manifest, null, 2), { mode: 0o600 });
  await sealFile(`${unfinished}/${MANIFEST}`);
  for (const folder of ['', ...Object.values(JOURNAL_DIRS)])
    if (existsSync(`${unfinished}/${folder}`)) syncFolder(`${unfinished}/${folder}`);
  await rename(unfinished, to);
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Until nothing is new: a tombstone that came meanwhile must not be missing from a copy that has what it stands for. */
async function copySegments(dir: string, to: string, folder: string): Promise<string[]> {
  const copied = new Set<number>();
  for (;;) {
    const fresh = (await listSegments(`${dir}/${folder}`)).filter((number) => !copied.has(number));
    if (fresh.length === 0) return [...copied].map((number) => `${folder}/${segmentName(number)}`);
    for (const number of fresh) {
      const name = `${folder}/${segmentName(number)}`;
      await copyFile(`${dir}/${name}`, `${to}/${name}`, constants.COPYFILE_FICLONE);
      copied.add(number);
    }
  }
}

async function sealFile(path: string): Promise<{ bytes: number; sha256: string }> {
  const handle = await open(path, 'r+');
  await handle.sync().finally(() => handle.close());
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}

/**
 * Makes a server's folder of a backup, whose every file is compared with its hash before. It gets a new history, so that workstations
 * which have seen more than the backup holds compare everything again.
 * @throws AppError `conflict` when the folder has something in it, `damaged` naming the file, `not-found`.
 */
export async function restore({ dir, clock, nativeBinding }: AdminDeps, from: string): Promise<BackupReport> {
  const { files } = await readManifest(from);
  if (existsSync(dir) && (await readdir(dir)).length > 0)
    throw new AppError('conflict', `${dir} is not empty. Restore into a new folder.`);
  for (const { name, sha256 } of files) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(`${from}/${name}`), hash).catch((error: unknown) => {
      throw new AppError('damaged', `${name} cannot be read from the backup.`, { cause: error });
    });
    if (hash.digest('hex') !== sha256) throw new AppError('damaged', `${name} is not as it was backed up.`);
  }
  for (const folder of ['', ...Object.values(JOURNAL_DIRS)])
    await mkdir(`${dir}/${folder}`, { recursive: true, mode: 0o700 });
  for (const { name } of files) {
    await copyFile(`${from}/${name}`, `${dir}/${name}`, constants.COPYFILE_FICLONE);
    await sealFile(`${dir}/${name}`);
  }
  for (const folder of [...Object.values(JOURNAL_DIRS), '']) syncFolder(`${dir}/${folder}`);
  const db = openIndex(dir, nativeBinding);
  try {
    openAccounts(db, `${dir}/${ACCOUNTS_FILE}`, clock).startNewHistory();
  } finally {
    db.close();
  }
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function readManifest(from: string): Promise<z.infer<typeof Manifest>> {
  const text = await readFile(`${from}/${MANIFEST}`, 'utf8').catch((error: unknown) => {
    throw new AppError('not-found', `${from} is no backup: it has no ${MANIFEST}.`, { cause: error });
  });
  try {
    return Manifest.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError('damaged', `${from}/${MANIFEST} is damaged, or of a newer version.`, { cause: error });
  }
}
