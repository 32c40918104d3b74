import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file so that whoever reads it, also after a crash in the middle, finds the old or the new text, never a part. */
export function replaceFile(file: string, text: string): void {
  const next = `${file}.next`;
  writeFileSync(next, text);
  renameSync(next, file);
}
