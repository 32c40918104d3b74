import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanSegment } from '../../../../server/storage/embedded/clean-segment.ts';
import {
  encodeRecordHead,
  SEGMENT_HEAD_BYTES,
  SEGMENT_MAGIC,
  scanRecords,
} from '../../../../server/storage/embedded/record.ts';

const plan = fc.array(fc.record({ stays: fc.boolean(), bytes: fc.nat({ max: 300 }), damaged: fc.boolean() }), {
  maxLength: 12,
});

test('what stays keeps its place and bytes, and nothing else is left but zeros and the highest number', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'traceflow-clean-'));
  const file = join(dir, '00000001.tfj');
  await fc.assert(
    fc.asyncProperty(plan, async (records) => {
      const salt = randomBytes(8);
      const parts: Buffer[] = [SEGMENT_MAGIC, salt];
      for (const [at, { stays, bytes, damaged }] of records.entries()) {
        const body = Buffer.alloc(bytes, `secret-body-${at}-`);
        const sha256 = createHash('sha256').update(body).digest();
        const meta = JSON.stringify({ kind: 'batch', stays: stays && !damaged, secret: `secret-meta-${at}` });
        parts.push(encodeRecordHead(salt, at + 1, meta, { bytes, sha256 }));
        if (damaged && bytes > 0) body[0] = (body[0] ?? 0) ^ 1;
        parts.push(body);
      }
      const before = Buffer.concat(parts);
      await writeFile(file, before);
      await cleanSegment(dir, 1, ({ meta }) => JSON.parse(meta).stays);
      const after = await readFile(file);
      expect(after.length).toBe(before.length);
      const scanOf = (bytes: Buffer) => scanRecords(bytes.subarray(SEGMENT_HEAD_BYTES), salt);
      const kept = scanOf(before).records.filter(({ meta }) => JSON.parse(meta).stays);
      const scan = scanOf(after);
      expect(scan.records.filter(({ meta }) => JSON.parse(meta).kind === 'batch')).toEqual(kept);
      expect([scan.damaged, scan.end]).toEqual([0, after.length - SEGMENT_HEAD_BYTES]);
      const intact = scanOf(before).records.at(-1)?.seq ?? 0;
      expect(scan.lastSeq).toBeGreaterThanOrEqual(intact);
      const blank = Buffer.from(after);
      for (const { at, bodyAt, bodyBytes } of kept)
        blank.fill(0, SEGMENT_HEAD_BYTES + at, SEGMENT_HEAD_BYTES + bodyAt + bodyBytes);
      expect(blank.includes('secret')).toBe(false);
    }),
    { numRuns: 60 },
  );
  await rm(dir, { recursive: true });
});
