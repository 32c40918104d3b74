import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { CHECKOUT } from '../checkout.ts';
import { say } from '../say.ts';

const PACKAGE = join(CHECKOUT, 'node_modules', 'electron');

/** About 120 MB: half an hour would still do on a slow line, but nobody waits that long without a word. */
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/** After a failed try we do not ask again for this long, so that starting stays quick where the host is out of reach. */
const RETRY_AFTER_MS = 24 * 3_600_000;

/** The Electron version that package.json pins. */
export function pinnedVersion(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** The folder of the official build inside node_modules, or null when it is not complete. */
export function officialFolder(): string | null {
  const folder = join(PACKAGE, 'dist');
  const versionFile = join(folder, 'version');
  if (!existsSync(versionFile) || !existsSync(join(PACKAGE, 'path.txt'))) return null;
  return readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === pinnedVersion() ? folder : null;
}

/** The executable inside an official build, by Electron's own record of it. */
export const officialExecutable = (folder: string): string =>
  join(folder, readFileSync(join(PACKAGE, 'path.txt'), 'utf8').trim());

/**
 * Lets Electron's own installer fetch the official build.
 * @param patient whether to try although it failed a short while ago (there is nothing else to fall back to)
 * @returns whether it is there afterwards
 */
export function downloadOfficial(patient: boolean, now: number = Date.now()): boolean {
  const failed = join(cacheFolder(), `electron-${pinnedVersion()}.unreachable`);
  if (!patient && existsSync(failed) && now - statSync(failed).mtimeMs < RETRY_AFTER_MS) return false;
  say(`downloading Electron ${pinnedVersion()}`, 'the app runs in it');
  spawnSync(process.execPath, [join(PACKAGE, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_LIMIT_MS });
  if (officialFolder()) {
    rmSync(failed, { force: true });
    return true;
  }
  writeFileSync(failed, '');
  return false;
}
