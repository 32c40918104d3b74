import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { assertIntegrity } from '../../../tools/setup/electron/integrity.ts';

const folder = mkdtempSync(join(tmpdir(), 'traceflow-integrity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, 'package.tgz');
writeFileSync(file, 'the bytes we know');
const pinned = `sha512-${createHash('sha512').update('the bytes we know').digest('base64')}`;

test('the file that was pinned is accepted', async () => {
  await expect(assertIntegrity(file, pinned)).resolves.toBeUndefined();
});

test('a file with one other byte is refused, and both digests are named', async () => {
  const other = join(folder, 'other.tgz');
  writeFileSync(other, 'the bytes we knew');
  await expect(assertIntegrity(other, pinned)).rejects.toThrow(`expected ${pinned}, got sha512-`);
});
