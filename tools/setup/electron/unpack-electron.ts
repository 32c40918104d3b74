import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';

/** In the archive everything lies in this folder, and the executable carries the same name. */
const OWNER = 'Cypress';

/** The files of an Electron build for Linux. Anything else in the archive is another program's and is left out. */
const ELECTRON_FILES = [
  /^chrome-sandbox$/,
  /^chrome_crashpad_handler$/,
  /^chrome_\d+_percent\.pak$/,
  /^resources\.pak$/,
  /^icudtl\.dat$/,
  /^(?:snapshot_blob|v8_context_snapshot)\.bin$/,
  /^lib[\w-]+\.so(?:\.\d+)?$/,
  /^vk_swiftshader_icd\.json$/,
  /^locales\/[\w-]+\.pak$/,
  /^LICENSE(?:S)?[\w.]*$/,
];

/**
 * Where an archive entry goes inside the runtime folder.
 * @returns the relative path, or null for an entry that is no part of Electron
 */
export function electronPath(entry: string): string | null {
  if (!entry.startsWith(`${OWNER}/`)) return null;
  const path = entry.slice(OWNER.length + 1);
  if (path === OWNER) return 'electron';
  return ELECTRON_FILES.some((pattern) => pattern.test(path)) ? path : null;
}

const isProgram = (path: string): boolean => /^(?:electron|chrome-sandbox|chrome_crashpad_handler)$|\.so/.test(path);

/** Unpacks only Electron's files. Modes do not depend on the umask: other users may run it. */
export async function unpackElectron(archive: string, folder: string): Promise<void> {
  await mkdir(folder);
  await chmod(folder, 0o755);
  const zip = await yauzl.openPromise(archive, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const path = electronPath(entry.fileName);
      if (path === null) continue;
      const to = join(folder, path);
      await mkdir(dirname(to), { recursive: true });
      await chmod(dirname(to), 0o755);
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(to));
      await chmod(to, isProgram(path) ? 0o755 : 0o644);
    }
  } finally {
    zip.close();
  }
}
