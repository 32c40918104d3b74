import { closeSync, fsyncSync, openSync } from 'node:fs';

/** A new file's name survives a power cut only when its folder was synced as well. Windows has no such call. */
export function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
