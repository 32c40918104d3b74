import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, gunzipSync, inflateRawSync } from 'node:zlib';

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
    yield [`gzip at ${at}`, attempt(() => gunzipSync(bytes.subarray(at), partial))];
  }
  const ENTRY = Buffer.from('PK\x03\x04', 'latin1');
  for (let at = bytes.indexOf(ENTRY); at !== -1; at = bytes.indexOf(ENTRY, at + 1)) {
    const body = at + 30 + (bytes[at + 26] ?? 0) + (bytes[at + 28] ?? 0);
    yield [`zip entry at ${at}`, attempt(() => inflateRawSync(bytes.subarray(body), partial))];
  }
}

/** What follows a stream makes zlib complain after it gave all of it: then it is read piece by piece. */
function attempt(inflate: () => Buffer): Buffer {
  try {
    return inflate();
  } catch {
    return Buffer.alloc(0); // no stream begins here
  }
}
