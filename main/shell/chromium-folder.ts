import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../shared/lib/app-error.ts';

/** Enough for Chromium to begin with; a disk with less counts as full. */
const PROBE_BYTES = 256 * 1024;

/**
 * Where Chromium keeps its own data: the profile. When that cannot be written Chromium would end without a word, so it gets a
 * passing folder instead: then there is a window, in which the engine says what is wrong with the profile.
 */
export function chromiumFolder(profileDir: string, log: (text: string) => void): string {
  const probe = join(profileDir, `.traceflow-probe-${process.pid}`);
  try {
    mkdirSync(profileDir, { recursive: true, mode: 0o700 });
    writeFileSync(probe, new Uint8Array(PROBE_BYTES));
    return profileDir;
  } catch (error) {
    log(`the profile cannot be written: ${messageOf(error)}`);
    return mkdtempSync(join(tmpdir(), 'traceflow-window-'));
  } finally {
    rmSync(probe, { force: true });
  }
}
