import { readFileSync } from 'node:fs';
import { messageOf } from '../../shared/lib/app-error.ts';
import { replaceFile } from './replace-file.ts';

/** What the window wants to find again: its open tabs, how they lie, what was chosen. Only the window reads into it. */
export interface WindowMemory {
  /** Null when nothing was kept or it cannot be read. */
  read(): string | null;
  write(text: string): void;
}

/**
 * Keeps it in a file of the profile, written at once: the browser's own storage may lose the last seconds when the app is
 * killed. @param log told when the file cannot be written, which costs the layout, not data
 */
export function openWindowMemory(file: string, log: (text: string) => void): WindowMemory {
  return {
    read: () => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return null; // first start: there is no file yet
      }
    },
    write: (text) => {
      try {
        replaceFile(file, text);
      } catch (error) {
        log(`the layout of the window was not kept: ${messageOf(error)}`);
      }
    },
  };
}
