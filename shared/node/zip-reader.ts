import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError, messageOf } from '../lib/app-error.ts';
import { sizeText } from '../lib/size-text.ts';

/** Caps of an archive, checked on real bytes: what an archive says of itself is not believed. */
export interface ZipCaps {
  readonly maxEntries: number;
  /** What `read` puts into memory at once. */
  readonly maxEntryBytes: number;
  readonly maxTotalBytes: number;
}

/** An open archive. Entry names are keys to look up, never paths: nothing is written anywhere. */
export interface ZipReader {
  readonly names: ReadonlySet<string>;
  /** @throws AppError `not-found`, `damaged` (naming the entry) or `too-large`. */
  read(name: string): Promise<Buffer>;
  /** The same piece by piece, for entries of any size; the check sum is compared at the end. */
  pieces(name: string): AsyncGenerator<Buffer, void>;
  close(): void;
}

/** @throws AppError `damaged` when it is no readable archive, `too-large` when it has too many entries. */
export async function openZip(file: string, caps: ZipCaps): Promise<ZipReader> {
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true }).catch(
    (error: unknown) => {
      // The list of entries comes last in a zip; without it nothing says what the bytes before it are.
      const isCut = /end of central directory/i.test(messageOf(error));
      const why = isCut ? 'it is an archive whose end is missing' : `the archive cannot be read: ${messageOf(error)}`;
      throw new AppError('damaged', why, { cause: error });
    },
  );
  try {
    const entries = await listEntries(zip, caps);
    let total = 0;
    async function* pieces(name: string, maxBytes = caps.maxTotalBytes): AsyncGenerator<Buffer, void> {
      const entry = entries.get(name);
      if (!entry) throw new AppError('not-found', `${name} is missing from the archive`);
      for await (const piece of piecesOf(zip, entry, Math.min(maxBytes, caps.maxTotalBytes - total))) {
        total += piece.length;
        yield piece;
      }
    }
    return {
      names: new Set(entries.keys()),
      pieces: (name) => pieces(name),
      read: async (name) => {
        const all: Buffer[] = [];
        for await (const piece of pieces(name, caps.maxEntryBytes)) all.push(piece);
        return Buffer.concat(all);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: ZipFile, caps: ZipCaps): Promise<Map<string, Entry>> {
  if (zip.entryCount > caps.maxEntries) {
    throw new AppError(
      'too-large',
      `the archive lists ${zip.entryCount} entries, more than the ${caps.maxEntries} we open`,
    );
  }
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= caps.maxEntries) throw new AppError('too-large', 'the archive holds too many entries');
      if (entries.has(entry.fileName)) throw new AppError('damaged', `the archive holds ${entry.fileName} twice`);
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('damaged', `the archive's list of entries is damaged: ${messageOf(error)}`, { cause: error });
  }
  return entries;
}

async function* piecesOf(zip: ZipFile, entry: Entry, maxBytes: number): AsyncGenerator<Buffer, void> {
  const name = entry.fileName;
  let length = 0;
  let sum = 0;
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const piece of stream as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > maxBytes)
        throw new AppError('too-large', `${name} inflates to more than we open (${sizeText(maxBytes)})`);
      sum = crc32(piece, sum);
      yield piece;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('damaged', `${name} is damaged: ${messageOf(error)}`, { cause: error });
  }
  if (sum !== entry.crc32) throw new AppError('damaged', `${name} is damaged: its check sum does not fit`);
}
