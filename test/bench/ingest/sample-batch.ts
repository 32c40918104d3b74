import { gzipSync } from 'node:zlib';

/** Same numbers from the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** rrweb-like events: moves, mutations with attributes and text, in proportions that gzip to about a seventh as real ones do. */
function sampleEvents(count: number): unknown[] {
  const random = randomFrom(7);
  const whole = (max: number): number => Math.floor(random() * max);
  const word = (): string => whole(36 ** 5).toString(36);
  return Array.from({ length: count }, (_, at) => {
    const timestamp = 1_700_000_000_000 + at * 40 + whole(20);
    if (at % 3 === 0) {
      const positions = Array.from({ length: 8 }, (__, n) => ({
        x: whole(1400),
        y: whole(900),
        id: whole(4000),
        timeOffset: -40 * n,
      }));
      return { type: 3, data: { source: 1, positions }, timestamp };
    }
    const attributes = Array.from({ length: 4 }, () => ({
      id: whole(4000),
      attributes: { class: `row item-${whole(50)} selected`, style: { width: `${whole(900)}px` } },
    }));
    const texts = [{ id: whole(4000), value: `${word()} ${word()} ${word()}` }];
    return { type: 3, data: { source: 0, texts, attributes, removes: [], adds: [] }, timestamp };
  });
}

/** A gzip of events of just below `bytes`. */
export function sampleBatch(bytes: number): { readonly body: Buffer; readonly events: number } {
  let low = 1;
  let high = 8000;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (gzipSync(JSON.stringify(sampleEvents(middle))).length < bytes) low = middle;
    else high = middle;
  }
  return { body: gzipSync(JSON.stringify(sampleEvents(low))), events: low };
}
