import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sniff } from '../../../shared/formats/magic.ts';
import { createTextStream } from '../../../shared/formats/text-decoding.ts';

const bytes = (text: string, encoding: BufferEncoding = 'latin1') => new Uint8Array(Buffer.from(text, encoding));

describe('sniff', () => {
  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['[{"type":4}]', 'json'],
    ['\n  {"type":4}', 'json'],
    ['PK\x03\x04', 'zip'],
    ['PK\x05\x06', 'zip'],
  ])('takes %j for %s', (text, kind) => {
    expect(sniff(bytes(text)).kind).toBe(kind);
  });

  it.each([
    ['SQLite format 3\0', 'SQLite'],
    ['\x89PNG\r\n', 'PNG'],
    ['\xff\xd8\xff\xe0', 'JPEG'],
    ['%PDF-1.7', 'PDF'],
    ['<!doctype html>', 'HTML'],
    ['onInputData({"log":{}});', 'JSONP'],
    ['hello', 'neither'],
    ['\0\0\0\0', 'neither'],
  ])('names %j as something else', (text, what) => {
    const found = sniff(bytes(text));
    expect(found.kind).toBe('foreign');
    expect(found.kind === 'foreign' && found.what).toContain(what);
  });

  it('knows gzip, and UTF-16 with and without a byte order mark', () => {
    expect(sniff(new Uint8Array(gzipSync('[]')))).toEqual({ kind: 'gzip' });
    expect(sniff(bytes('\ufeff[]', 'utf16le'))).toEqual({ kind: 'json', encoding: 'utf-16le' });
    expect(sniff(bytes('[]', 'utf16le'))).toEqual({ kind: 'json', encoding: 'utf-16le' });
    expect(sniff(new Uint8Array(Buffer.from('\ufeff[]', 'utf16le').swap16()))).toEqual({
      kind: 'json',
      encoding: 'utf-16be',
    });
    expect(sniff(bytes('\ufeff[]', 'utf8'))).toEqual({ kind: 'json', encoding: 'utf-8' });
  });
});

describe('createTextStream', () => {
  it('decodes characters cut in two and drops the mark', () => {
    const stream = createTextStream('utf-8');
    const text = [...bytes('\ufeff["ä€😀"]', 'utf8')]
      .map((byte) => stream.decode(new Uint8Array([byte]), false))
      .join('');
    expect(text + stream.decode(new Uint8Array(0), true)).toBe('["ä€😀"]');
    expect(stream.damaged).toBe(false);
  });

  it('tells replaced bytes from a recorded U+FFFD', () => {
    const fine = createTextStream('utf-8');
    fine.decode(bytes('\ufffd', 'utf8'), true);
    expect(fine.damaged).toBe(false);
    const broken = createTextStream('utf-8');
    expect(broken.decode(bytes('a\xffb'), true)).toBe('a\ufffdb');
    expect(broken.damaged).toBe(true);
  });
});
