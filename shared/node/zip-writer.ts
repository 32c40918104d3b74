import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** One entry: bytes in memory, or a range of a file that is read when its turn comes. */
export type ZipPart =
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly file: string; readonly offset: number; readonly length: number };

/** The same content gives the same archive: entries carry no time of writing. */
const FIXED = { mtime: new Date(Date.UTC(2025, 0, 1)), mode: 0o100644, forceDosTimestamp: true } as const;

/**
 * Writes an archive beside its final place and renames it there when it is whole and synced, so a half-written one never
 * bears the name.
 * @throws the error of the file system; nothing is left behind.
 */
export async function writeZip(file: string, parts: Iterable<ZipPart>, signal?: AbortSignal): Promise<void> {
  const temporary = `${file}.part`;
  const zip = new ZipFile();
  for (const part of parts) addPart(zip, part);
  zip.end();
  try {
    await pipeline(zip.outputStream, createWriteStream(temporary), signal ? { signal } : {});
    const handle = await open(temporary, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function addPart(zip: ZipFile, part: ZipPart): void {
  if ('bytes' in part) {
    zip.addBuffer(Buffer.from(part.bytes), part.name, { ...FIXED, compress: true });
    return;
  }
  const { file, offset, length } = part;
  zip.addReadStreamLazy(part.name, { ...FIXED, compress: false, size: length }, (begin) => {
    const stream = createReadStream(file, { start: offset, end: offset + length - 1 });
    stream.once('error', (error) => zip.emit('error', error));
    begin(null, stream);
  });
}
