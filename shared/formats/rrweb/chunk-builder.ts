import type { ReadEvent } from './event-reader.ts';

/** The events of one chunk before compression. */
export interface RawChunk {
  /** A JSON array of events. */
  readonly json: string;
  readonly firstSeq: number;
  readonly count: number;
  readonly fromAt: number;
  readonly toAt: number;
}

/** JSON characters after which a chunk is closed: small enough to load quickly, large enough to compress well. */
export const CHUNK_CHARS = 256 * 1024;

/** Groups events in order; seq counts from 0. */
export interface ChunkBuilder {
  /** @returns a chunk when this event filled it. */
  add(event: ReadEvent): RawChunk | null;
  /** @returns what is left, or null. */
  flush(): RawChunk | null;
}

/** An event larger than the limit makes a chunk of its own together with what was waiting before it. */
export function createChunkBuilder(limit = CHUNK_CHARS): ChunkBuilder {
  let texts: string[] = [];
  let chars = 0;
  let firstSeq = 0;
  let fromAt = Number.POSITIVE_INFINITY;
  let toAt = Number.NEGATIVE_INFINITY;

  function flush(): RawChunk | null {
    if (texts.length === 0) return null;
    const chunk = { json: `[${texts.join(',')}]`, firstSeq, count: texts.length, fromAt, toAt };
    firstSeq += texts.length;
    texts = [];
    chars = 0;
    fromAt = Number.POSITIVE_INFINITY;
    toAt = Number.NEGATIVE_INFINITY;
    return chunk;
  }

  return {
    add: (event) => {
      texts.push(event.text);
      chars += event.text.length + 1;
      fromAt = Math.min(fromAt, event.at);
      toAt = Math.max(toAt, event.at);
      return chars >= limit ? flush() : null;
    },
    flush,
  };
}
