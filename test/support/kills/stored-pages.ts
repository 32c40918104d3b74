import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** LevelDB's log: blocks of 32 kB, in them records with a head of 7 bytes whose last three are length and kind. */
const BLOCK_BYTES = 32 * 1024;
const HEAD_BYTES = 7;

/** Everything a window's local storage has on the disk and not yet moved into a table, as text. */
export function storedText(profileDir: string): string {
  const folder = join(profileDir, 'Local Storage', 'leveldb');
  const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
  return logs.map((name) => payloadOf(readFileSync(join(folder, name)))).join('');
}

function payloadOf(log: Buffer): string {
  const parts: string[] = [];
  for (let block = 0; block < log.length; block += BLOCK_BYTES) {
    const end = Math.min(block + BLOCK_BYTES, log.length);
    for (let at = block; at + HEAD_BYTES < end; ) {
      const length = log.readUInt16LE(at + 4);
      if (length === 0) break; // the rest of the block is padding
      parts.push(log.toString('latin1', at + HEAD_BYTES, at + HEAD_BYTES + length));
      at += HEAD_BYTES + length;
    }
  }
  return parts.join('');
}
