import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { chunkText } from '../../../shared/node/gunzip.ts';

const JSON_TEXT = '[{"type":4,"data":{"href":"https://shop.test/ä"},"timestamp":1}]';

test('a chunk is read as it arrived: compressed, or plain from a page that was being left', () => {
  expect(chunkText(gzipSync(JSON_TEXT))).toBe(JSON_TEXT);
  expect(chunkText(Buffer.from(JSON_TEXT))).toBe(JSON_TEXT);
});

test('anything else is damaged', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('{}'), gzipSync(JSON_TEXT).subarray(0, 20)]) {
    expect(() => chunkText(bytes)).toThrow('cannot be decompressed');
  }
});
