import { basename } from 'node:path';

const MAX_CHARS = 120;

/** A file's name as it can be shown: control and direction-changing characters written out, long names cut. */
export function displayName(path: string): string {
  const shown = basename(path).replace(
    /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return shown.length > MAX_CHARS ? `${shown.slice(0, MAX_CHARS - 1)}…` : shown;
}
