import { type FileHandle, open, stat } from 'node:fs/promises';
import { SNIFF_BYTES, type Sniffed, sniff } from '../../../shared/formats/magic.ts';
import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import { sizeText } from '../../../shared/lib/size-text.ts';
import { IMPORT_LIMITS } from './import-limits.ts';

/** A regular file that was looked at and can be read. */
export interface OpenSource {
  readonly handle: FileHandle;
  readonly path: string;
  readonly bytes: number;
  readonly sniffed: Sniffed;
}

/** @throws AppError whose message completes `<file> was not imported: ...`. */
export async function openSource(path: string): Promise<OpenSource> {
  // Looked at before it is opened: opening a FIFO waits for a writer, opening a device may do anything.
  const before = await stat(path).catch((error: unknown) => {
    throw new AppError('not-found', reasonOf(error), { cause: error });
  });
  if (before.isDirectory()) throw new AppError('unsupported', 'it is a folder. Choose the files in it');
  if (!before.isFile())
    throw new AppError('unsupported', 'it is a device or a pipe, not a file. Save what comes out of it first');
  if (before.size > IMPORT_LIMITS.maxFileBytes) {
    throw new AppError(
      'too-large',
      `it has ${sizeText(before.size)}, more than the ${sizeText(IMPORT_LIMITS.maxFileBytes)} we open. Cut it into parts`,
    );
  }
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new AppError('not-found', reasonOf(error), { cause: error });
  });
  try {
    const after = await handle.stat();
    if (!after.isFile() || after.ino !== before.ino)
      throw new AppError('conflict', 'it was replaced while it was opened. Import it again');
    const head = new Uint8Array(SNIFF_BYTES);
    const { bytesRead } = await handle.read(head, 0, SNIFF_BYTES, 0);
    return { handle, path, bytes: after.size, sniffed: sniff(head.subarray(0, bytesRead)) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The file's bytes from the start, as it was when it was opened: bytes appended meanwhile are not read. */
export async function* sourceBytes(source: OpenSource): AsyncGenerator<Uint8Array, void> {
  let at = 0;
  while (at < source.bytes) {
    const piece = new Uint8Array(Math.min(IMPORT_LIMITS.pieceBytes, source.bytes - at));
    const { bytesRead } = await source.handle.read(piece, 0, piece.length, at);
    if (bytesRead === 0)
      throw new AppError('conflict', 'it became shorter while it was read. Import it again when nothing writes to it');
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Choose it again',
  EACCES: 'you are not allowed to read it. Change its rights, or make a copy',
  ELOOP: 'it is a link that leads nowhere. Choose the file itself',
  ENOTDIR: 'there is no such file. Choose it again',
};

const reasonOf = (error: unknown): string =>
  REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? `it cannot be opened (${messageOf(error)})`;
