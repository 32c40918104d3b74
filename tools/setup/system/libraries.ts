import { spawnSync } from 'node:child_process';

/**
 * Which Debian packages hold the shared libraries that Electron links to. Where a name changed (the 64-bit time
 * transition of 2024), the newer comes first; the first that apt knows is taken.
 */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libatk-1.0.so.0': ['libatk1.0-0t64', 'libatk1.0-0'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcairo.so.2': ['libcairo2'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdbus-1.so.3': ['libdbus-1-3'],
  'libdrm.so.2': ['libdrm2'],
  'libexpat.so.1': ['libexpat1'],
  'libgbm.so.1': ['libgbm1'],
  'libgio-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libglib-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgobject-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnspr4.so': ['libnspr4'],
  'libnss3.so': ['libnss3'],
  'libnssutil3.so': ['libnss3'],
  'libpango-1.0.so.0': ['libpango-1.0-0'],
  'libsmime3.so': ['libnss3'],
  'libudev.so.1': ['libudev1'],
  'libX11.so.6': ['libx11-6'],
  'libxcb.so.1': ['libxcb1'],
  'libXcomposite.so.1': ['libxcomposite1'],
  'libXdamage.so.1': ['libxdamage1'],
  'libXext.so.6': ['libxext6'],
  'libXfixes.so.3': ['libxfixes3'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
  'libXrandr.so.2': ['libxrandr2'],
};

/** The libraries that `ldd` reports as absent. */
export const missingLibraries = (lddOutput: string): string[] =>
  [...new Set([...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].flatMap((match) => match[1] ?? []))].sort();

/**
 * The packages to install for absent libraries, each as its alternatives.
 * @throws for a library that the table does not know
 */
export function packagesFor(libraries: readonly string[]): (readonly string[])[] {
  const unknown = libraries.filter((library) => !PACKAGES[library]);
  if (unknown.length > 0) throw new Error(`Electron needs ${unknown.join(', ')}; install the packages that have them`);
  return libraries.map((library) => PACKAGES[library] ?? []);
}

/** What an executable links to and this machine lacks. */
export function librariesMissingFor(executable: string): string[] {
  const ran = spawnSync('ldd', [executable], { encoding: 'utf8' });
  if (ran.error) throw new Error(`ldd could not be run to look at ${executable}: ${ran.error.message}`);
  return missingLibraries(ran.stdout);
}
