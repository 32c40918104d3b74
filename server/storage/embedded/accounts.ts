import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { type Accounts, credentialId } from '../storage.ts';
import { type AccountEvent, applyAccountEvent, forgetAccounts, parseAccountEvent } from './account-events.ts';
import { findCredential, findProject, findScrubRules, listCredentials, listProjects } from './account-rows.ts';
import { auditLog, linkOf } from './audit-log.ts';
import { readMeta, writeMeta } from './meta-table.ts';
import { encodeRecordHead, SALT_BYTES, SEGMENT_HEAD_BYTES, SEGMENT_MAGIC, scanRecords } from './record.ts';
import { syncFolder } from './sync-folder.ts';

/** Accounts of the embedded profile, and the name of its history. */
export interface EmbeddedAccounts extends Accounts {
  readonly history: string;
  /** Takes a new name for the history: the sequence numbers given out so far are worth nothing any more. */
  startNewHistory(): string;
}

const EMPTY = { bytes: 0, sha256: createHash('sha256').digest() };
const APPLIED = 'applied:accounts';
/** Name under which the index keeps what the next entry of the audit log has to name. */
const LINK = 'link:accounts';

/**
 * Projects and secrets: a small journal of their own in `file`, mirrored in the index. Several processes may use it at a
 * time (a command adds a key while the server runs): the index's write transaction is the lock on the journal, too.
 */
export function openAccounts(db: WriteDb, file: string, clock: () => number): EmbeddedAccounts {
  let writes = 0;
  const write = (event: AccountEvent) => {
    writes += 1;
    db.transaction(() => appendEvent(db, file, event));
  };
  db.transaction(() => {
    createIfMissing(file);
    withFile(file, (fd) => catchUp(db, fd));
    if (!readMeta(db, 'history')) appendEvent(db, file, newHistory(clock()));
  });
  return {
    get history() {
      return readMeta(db, 'history') ?? '';
    },
    startNewHistory() {
      const event = newHistory(clock());
      write(event);
      return event.id;
    },
    async addProject(project, by) {
      write({ kind: 'project', ...project, by });
    },
    async addCredential({ hash, project, kind, createdAt, role, label, origins, expiresAt }, by) {
      if (!findProject(db, project)) throw new AppError('not-found', `There is no project ${project}.`);
      write({
        kind: 'credential',
        hash: hash.toString('hex'),
        project,
        opens: kind,
        createdAt,
        label,
        origins: [...origins],
        ...(role ? { role } : {}),
        ...(expiresAt === null ? {} : { expiresAt }),
        by,
      });
    },
    async revokeCredential(id, at, by) {
      const found = listCredentials(db).find((one) => credentialId(one.hash) === id);
      if (!found) throw new AppError('not-found', `There is no key or token ${id}. "keys list" shows their ids.`);
      if (found.revokedAt === null)
        write({ kind: 'revoked', hash: found.hash.toString('hex'), project: found.project, at, by });
    },
    findCredential: async (hash) => findCredential(db, hash),
    credentials: async (project) =>
      listCredentials(db).filter((one) => project === undefined || one.project === project),
    findProject: async (id) => findProject(db, id),
    projects: async () => listProjects(db),
    holds: async (project) =>
      db
        .all<{ session: string }>('SELECT session FROM hold WHERE project = ? ORDER BY since, session', project)
        .map(({ session }) => session),
    setHold: async (hold, by) => write({ kind: 'hold', ...hold, by }),
    setRetention: async (rule, by) => write({ kind: 'retention', ...rule, by }),
    scrubRules: async (project) => findScrubRules(db, project),
    setScrubRules: async (change, by) => write({ kind: 'scrub', ...change, by }),
    noteDeed: async (note, by) => write({ kind: 'deed', ...note, by }),
    // SQLite counts the commits of other connections; our own are counted here.
    revision: async () => `${writes} ${db.get<{ data_version: number }>('PRAGMA data_version')?.data_version}`,
    audit: async (project) => {
      const bytes = readFileSync(file);
      const scan = scanRecords(bytes.subarray(SEGMENT_HEAD_BYTES), saltOf(bytes));
      const texts = scan.records.map(({ meta }) => meta);
      return auditLog(texts, scan.damaged > 0, project);
    },
  };
}

const newHistory = (at: number) => ({ kind: 'history', id: randomUUID(), at }) as const;

const saltOf = (file: Buffer): Buffer => file.subarray(SEGMENT_MAGIC.length, SEGMENT_HEAD_BYTES);

/** A file shorter than its head is what is left of a process that died while it made it. */
function createIfMissing(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= SEGMENT_HEAD_BYTES) return;
  const fd = openSync(file, 'w', 0o600);
  try {
    writeSync(fd, Buffer.concat([SEGMENT_MAGIC, randomBytes(SALT_BYTES)]));
    fdatasyncSync(fd);
  } finally {
    closeSync(fd);
  }
  syncFolder(dirname(file));
}

/** Under the lock: what another process wrote is applied first, then this is written, synced and applied. */
function appendEvent(db: WriteDb, file: string, event: AccountEvent): void {
  withFile(file, (fd) => {
    const { salt, end, records } = catchUp(db, fd);
    const prev = readMeta(db, LINK);
    const text = JSON.stringify({ ...event, ...(prev ? { prev } : {}) });
    const head = encodeRecordHead(salt, records + 1, text, EMPTY);
    try {
      writeSync(fd, head, 0, head.length, end);
      fdatasyncSync(fd);
    } catch (error) {
      ftruncateSync(fd, end);
      throw error;
    }
    applyAccountEvent(db, event);
    writeMeta(db, APPLIED, `${end + head.length}:${records + 1}`);
    writeMeta(db, LINK, linkOf(text));
  });
}

/** Applies what the index lacks, and cuts off the torn end of a write that was never answered. */
function catchUp(db: WriteDb, fd: number): { salt: Buffer; end: number; records: number } {
  const size = fstatSync(fd).size;
  const known = appliedUpTo(db, size);
  const head = readAt(fd, 0, SEGMENT_HEAD_BYTES);
  if (!head.subarray(0, SEGMENT_MAGIC.length).equals(SEGMENT_MAGIC)) {
    throw new AppError('damaged', 'The list of projects and keys is damaged. Restore accounts.tfj from a backup.');
  }
  const salt = saltOf(head);
  const scan = scanRecords(readAt(fd, known.end, size - known.end), salt);
  if (scan.damaged > 0) {
    throw new AppError('damaged', 'The list of projects and keys is damaged. Restore accounts.tfj from a backup.');
  }
  for (const record of scan.records) applyAccountEvent(db, parseAccountEvent(record.meta));
  const end = known.end + scan.end;
  const records = known.records + scan.records.length;
  if (end < size) ftruncateSync(fd, end);
  const last = scan.records.at(-1);
  if (last) {
    writeMeta(db, APPLIED, `${end}:${records}`);
    writeMeta(db, LINK, linkOf(last.meta));
  }
  return { salt, end, records };
}

function appliedUpTo(db: WriteDb, size: number): { end: number; records: number } {
  const [end = SEGMENT_HEAD_BYTES, records = 0] = (readMeta(db, APPLIED) ?? `${SEGMENT_HEAD_BYTES}:0`)
    .split(':')
    .map(Number);
  if (end <= size) return { end, records };
  forgetAccounts(db); // an older journal was put back: it is the truth
  return { end: SEGMENT_HEAD_BYTES, records: 0 };
}

function readAt(fd: number, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, length > 0 ? readSync(fd, buffer, 0, length, at) : 0);
}

function withFile<T>(file: string, body: (fd: number) => T): T {
  const fd = openSync(file, 'r+');
  try {
    return body(fd);
  } finally {
    closeSync(fd);
  }
}
