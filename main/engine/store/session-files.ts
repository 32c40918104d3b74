import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { encodeRecord, type FoundRecord, type RecordHead, scanRecords } from '../../../shared/node/session-file.ts';
import { diskError } from './disk-error.ts';

/** The append-only files of all sessions below one folder. */
export interface SessionFiles {
  path(key: SessionKey): string;
  /** Appends a record, not yet durable. @returns where its body lies. */
  append(key: SessionKey, head: RecordHead, body: Uint8Array): { offset: number; length: number };
  /** Makes everything appended to these files durable. */
  sync(keys: Iterable<SessionKey>): Promise<void>;
  /** @throws AppError `damaged` when the bytes are not there. */
  read(key: SessionKey, offset: number, length: number): Uint8Array<ArrayBuffer>;
  /** Whole records from `from` on, and the offset behind the last; nothing when there is no file. */
  scan(key: SessionKey, from: number): { records: FoundRecord[]; end: number; size: number };
  /** The `source` its first record names, or null. */
  sourceOf(key: SessionKey): string | null;
  truncate(key: SessionKey, size: number): void;
  /** Unlinks it, and what of it was set aside; a missing file is fine. */
  remove(key: SessionKey): void;
  /** Takes a file that cannot be used out of the library, under the name `<key>.chunks.damaged`. */
  setAside(key: SessionKey): void;
  exists(key: SessionKey): boolean;
  keys(): SessionKey[];
  /** Closes what was opened for appending. */
  release(): void;
}

/** Files kept open for appending, and synced at once. */
const MAX_OPEN = 64;

/** @param folder `<profile>/sessions`; files lie below it in folders named by the first two digits of their key. */
export function createSessionFiles(folder: string): SessionFiles {
  const open = new Map<SessionKey, { readonly descriptor: number; size: number }>();
  const unsyncedNew = new Set<SessionKey>();
  const path = (key: SessionKey): string => join(folder, key.slice(0, 2), `${key}.chunks`);
  const exists = (key: SessionKey): boolean => statSync(path(key), { throwIfNoEntry: false }) !== undefined;

  function opened(key: SessionKey) {
    const known = open.get(key);
    if (known) return known;
    const [oldest] = open.keys();
    if (oldest && open.size >= MAX_OPEN) close(oldest);
    const isNew = !exists(key);
    if (isNew) unsyncedNew.add(key);
    mkdirSync(dirname(path(key)), { recursive: true });
    const descriptor = openSync(path(key), isNew ? 'w+' : 'r+', 0o600);
    const file = { descriptor, size: statSync(path(key)).size };
    open.set(key, file);
    return file;
  }

  function close(key: SessionKey): void {
    const file = open.get(key);
    if (file) closeSync(file.descriptor);
    open.delete(key);
  }

  /** A new file is only found again after a power cut when its folder was synced too. */
  function syncFolders(keys: readonly SessionKey[]): void {
    if (process.platform === 'win32') return; // folders cannot be opened there, and need not be
    const folders = new Set(keys.flatMap((key) => (unsyncedNew.delete(key) ? [dirname(path(key)), folder] : [])));
    for (const name of folders) {
      const descriptor = openSync(name, 'r');
      fsyncSync(descriptor);
      closeSync(descriptor);
    }
  }

  return {
    path,
    append: (key, head, body) => {
      try {
        const file = opened(key);
        const { bytes, bodyAt } = encodeRecord(head, body);
        const offset = file.size + bodyAt;
        try {
          writeAll(file.descriptor, bytes, file.size);
        } catch (error) {
          ftruncateSync(file.descriptor, file.size); // a torn record would hide whatever is appended behind it
          throw error;
        }
        file.size += bytes.length;
        return { offset, length: body.length };
      } catch (error) {
        throw diskError(error, path(key));
      }
    },
    sync: async (keys) => {
      const wanted = [...keys].filter(exists);
      for (let at = 0; at < wanted.length; at += MAX_OPEN) {
        // Many at once: the file system then writes its journal once for all of them.
        const part = wanted.slice(at, at + MAX_OPEN);
        await Promise.all(
          part.map((key) =>
            syncData(path(key)).catch((error: unknown) => {
              if (exists(key)) throw error; // else it was deleted meanwhile, and there is nothing to keep
            }),
          ),
        );
      }
      syncFolders(wanted);
    },
    read: (key, offset, length) => {
      const descriptor = openToRead(path(key));
      try {
        const bytes = new Uint8Array(length); // its own buffer: it goes to another thread
        if (readSync(descriptor, bytes, 0, length, offset) === length) return bytes;
        throw new AppError('damaged', `The recording ${path(key)} is shorter than it should be.`);
      } finally {
        closeSync(descriptor);
      }
    },
    scan: (key, from) => {
      if (!exists(key)) return { records: [], end: 0, size: 0 };
      const descriptor = openToRead(path(key));
      try {
        const records: FoundRecord[] = [];
        const scan = scanRecords(descriptor, from);
        for (;;) {
          const step = scan.next();
          if (step.done) return { records, end: step.value, size: statSync(path(key)).size };
          records.push(step.value);
        }
      } finally {
        closeSync(descriptor);
      }
    },
    sourceOf: (key) => {
      const descriptor = openToRead(path(key));
      try {
        const first = scanRecords(descriptor, 0).next();
        return !first.done && first.value.head.kind === 'session' ? first.value.head.source : null;
      } finally {
        closeSync(descriptor);
      }
    },
    truncate: (key, size) => {
      const file = opened(key);
      ftruncateSync(file.descriptor, size);
      file.size = size;
    },
    remove: (key) => {
      close(key);
      for (const file of [path(key), `${path(key)}.damaged`]) rmSync(file, { force: true });
    },
    setAside: (key) => {
      close(key);
      renameSync(path(key), `${path(key)}.damaged`);
    },
    exists,
    keys: () => listKeys(folder),
    release: () => {
      for (const key of [...open.keys()]) close(key);
    },
  };
}

function openToRead(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new AppError('damaged', `The recording ${file} cannot be opened.`, { cause: error });
  }
}

function writeAll(descriptor: number, bytes: Uint8Array, at: number): void {
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(descriptor, bytes, written, bytes.length - written, at + written);
  }
}

/** On a descriptor of its own: the one for appending may be closed meanwhile. Syncing is of the file, not of the descriptor. */
async function syncData(file: string): Promise<void> {
  try {
    const handle = await openFile(file, 'r+');
    await handle.datasync().finally(() => handle.close());
  } catch (error) {
    throw diskError(error, file);
  }
}

function listKeys(folder: string): SessionKey[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.flatMap((name) => {
    const key = /([0-9a-f]{32})\.chunks$/.exec(name)?.[1];
    return key ? [key as SessionKey] : [];
  });
}
