/** Part of a body: first byte and length. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/**
 * Reads a `Range` header (RFC 9110, 14.2) for a body of `size` bytes. @returns undefined where the whole is to be sent: no
 * header, several ranges, or another unit; `unsatisfiable` for a range outside of the body.
 */
export function readByteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length > 0 ? { start: size - length, length } : 'unsatisfiable';
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return undefined; // not a valid range at all, so it is ignored
  return start < size ? { start, length: end - start + 1 } : 'unsatisfiable';
}
