import type { TextEncoding } from './magic.ts';

/** Turns bytes, piece by piece, into text without the byte order mark. */
export interface TextStream {
  /** An empty piece with `last` flushes what an incomplete character left behind. */
  decode(bytes: Uint8Array, last: boolean): string;
  /** Whether some bytes were no valid text and became U+FFFD. */
  readonly damaged: boolean;
}

/** Invalid bytes never stop a recording from opening: they are replaced, and `damaged` says so. */
export function createTextStream(encoding: TextEncoding): TextStream {
  const lenient = new TextDecoder(encoding);
  // A second, strict reading is the only way to tell a replaced byte from a recorded U+FFFD.
  let strict: InstanceType<typeof TextDecoder> | null = new TextDecoder(encoding, { fatal: true });
  return {
    decode: (bytes, last) => {
      try {
        strict?.decode(bytes, { stream: !last });
      } catch {
        strict = null; // the throw is the answer: these bytes are no valid text
      }
      return lenient.decode(bytes, { stream: !last });
    },
    get damaged() {
      return strict === null;
    },
  };
}
