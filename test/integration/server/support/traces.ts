import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, inflateRawSync } from 'node:zlib';

/**
 * Where marks are found in the files of a folder: as they are, in UTF-16, and inside whatever inflates, from every place a gzip or zip
 * entry may begin at, also when it breaks off.
 */
export async function findTraces(dir: string, marks: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(dir, { recursive: true })) {
    const path = join(dir, name);
    if (!(await stat(path)).isFile()) continue;
    const bytes = await readFile(path);
    for (const [how, text] of [['plain', bytes] as const, ...inflated(bytes)])
      for (const mark of marks)
        if (text.includes(mark) || text.includes(Buffer.from(mark, 'utf16le'))) found.push(`${name} (${how}): ${mark}`);
  }
  return found;
}

function* inflated(bytes: Buffer): Generator<readonly [string, Buffer]> {
  const partial = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 };
  const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
  for (let at = bytes.indexOf(GZIP); at !== -1; at = bytes.indexOf(GZIP, at + 1)) {
    // Read as raw deflate, behind the head: a gzip with anything else behind it is refused as a whole.
    yield [`gzip at ${at}`, attempt(() => inflateRawSync(bytes.subarray(gzipBodyAt(bytes, at)), partial))];
  }
  const ENTRY = Buffer.from('PK\x03\x04', 'latin1');
  for (let at = bytes.indexOf(ENTRY); at !== -1; at = bytes.indexOf(ENTRY, at + 1)) {
    const body = at + 30 + (bytes[at + 26] ?? 0) + (bytes[at + 28] ?? 0);
    yield [`zip entry at ${at}`, attempt(() => inflateRawSync(bytes.subarray(body), partial))];
  }
}

/** Where the compressed bytes of a gzip begin (RFC 1952): its head may name a file. */
function gzipBodyAt(bytes: Buffer, at: number): number {
  const hasName = ((bytes[at + 3] ?? 0) & 8) !== 0;
  return hasName ? bytes.indexOf(0, at + 10) + 1 : at + 10;
}

function attempt(inflate: () => Buffer): Buffer {
  try {
    return inflate();
  } catch {
    return Buffer.alloc(0); // no stream begins here
  }
}
