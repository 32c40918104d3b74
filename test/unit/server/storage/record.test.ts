import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRecordHead, scanRecords } from '../../../../server/storage/embedded/record.ts';

const salt = Buffer.from('0123456789abcdef', 'hex');

const encode = (seq: number, meta: string, body: Uint8Array, by = salt): Buffer =>
  Buffer.concat([
    encodeRecordHead(by, seq, meta, { bytes: body.length, sha256: createHash('sha256').update(body).digest() }),
    body,
  ]);

const entries = fc.array(fc.record({ meta: fc.string({ maxLength: 60 }), body: fc.uint8Array({ maxLength: 300 }) }), {
  minLength: 1,
  maxLength: 8,
});

function layOut(list: readonly { meta: string; body: Uint8Array }[]) {
  const parts = list.map(({ meta, body }, at) => encode(at + 1, meta, body));
  const ends = parts.map((_, at) => parts.slice(0, at + 1).reduce((sum, part) => sum + part.length, 0));
  return { bytes: Buffer.concat(parts), ends };
}

test('records are read back as they were written', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const { bytes } = layOut(list);
      const scan = scanRecords(bytes, salt);
      const read = scan.records.map(({ seq, meta, bodyAt, bodyBytes }) => ({
        seq,
        meta,
        body: new Uint8Array(bytes.subarray(bodyAt, bodyAt + bodyBytes)),
      }));
      // A lone surrogate has no UTF-8: it comes back as the replacement character, as anywhere.
      const written = list.map(({ meta, body }, at) => ({ seq: at + 1, meta: Buffer.from(meta).toString(), body }));
      expect(read).toEqual(written);
      expect(scan).toMatchObject({ end: bytes.length, damaged: 0, lastSeq: list.length });
    }),
  );
});

test('a write torn at any byte leaves the whole records before it', () => {
  fc.assert(
    fc.property(entries, fc.nat(), (list, cut) => {
      const { bytes, ends } = layOut(list);
      const length = cut % bytes.length;
      const scan = scanRecords(bytes.subarray(0, length), salt);
      const whole = ends.filter((end) => end <= length);
      expect(scan.records.map((record) => record.seq)).toEqual(whole.map((_, at) => at + 1));
      expect(scan.end).toBe(whole.at(-1) ?? 0);
      expect(scan.damaged).toBe(0);
    }),
  );
});

test('one flipped bit costs the record it is in, and no other', () => {
  fc.assert(
    fc.property(entries, fc.nat(), fc.nat({ max: 7 }), (list, place, bit) => {
      const { bytes, ends } = layOut(list);
      const at = place % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
      const hit = ends.findIndex((end) => at < end);
      const expected = list.map((_, index) => index + 1).filter((seq) => seq !== hit + 1);
      expect(scanRecords(bytes, salt).records.map((record) => record.seq)).toEqual(expected);
    }),
  );
});

test('no bytes whatever make it throw, and it never reads beyond them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (noise, salted) => {
      const bytes = Buffer.concat(salted ? [salt, noise] : [noise]);
      const scan = scanRecords(bytes, salt);
      expect(scan.end).toBeLessThanOrEqual(bytes.length);
    }),
  );
});

test('a whole record inside of a body is not found, even behind damage, without the salt of the segment', () => {
  const forged = encode(7, 'forged', Buffer.from('x'), Buffer.alloc(8, 1));
  const outer = encode(1, 'outer', forged);
  outer.writeUInt8(outer.readUInt8(20) ^ 1, 20);
  const bytes = Buffer.concat([outer, encode(2, 'next', Buffer.alloc(0))]);
  const scan = scanRecords(bytes, salt);
  expect(scan.records.map((record) => record.meta)).toEqual(['next']);
  expect(scan.damaged).toBe(1);
});

test('the number of a torn record is not given out again', () => {
  const torn = encode(9, 'torn', Buffer.alloc(100)).subarray(0, 80);
  expect(scanRecords(Buffer.concat([encode(8, 'whole', Buffer.alloc(3)), torn]), salt).lastSeq).toBe(9);
});
