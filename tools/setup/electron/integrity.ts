import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Compares a downloaded file with the digest that is pinned in our code, whatever the registry says.
 * @param integrity in npm's form: `sha512-<base64>`
 * @throws when the content is another
 */
export async function assertIntegrity(file: string, integrity: string): Promise<void> {
  const algorithm = integrity.slice(0, integrity.indexOf('-'));
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  const actual = `${algorithm}-${hash.digest('base64')}`;
  if (actual !== integrity) {
    throw new Error(`${basename(file)} is not the file we know: expected ${integrity}, got ${actual}`);
  }
}
