import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../setup/checkout.ts';

/** One check: what to give to Node, relative to the checkout. */
export interface CheckStep {
  readonly name: string;
  readonly args: readonly string[];
}

/** One tsconfig per environment, so that a stray `window` or `process` does not compile. */
const TYPE_PROJECTS = [
  'shared',
  'shared/node',
  'sdk/node',
  'sdk/web',
  'sdk/react-native',
  'server',
  'main',
  'preload',
  'renderer',
  'tools',
  'test',
];

/** The folders whose imports are looked at. */
const LAYERS = ['shared', 'sdk', 'server', 'main', 'preload', 'renderer', 'tools', 'test'];

const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const TSC = 'node_modules/typescript/bin/tsc';
const KNIP = 'node_modules/knip/bin/knip.js';

const present = (folders: readonly string[]): string[] => folders.filter((name) => existsSync(join(CHECKOUT, name)));

/** How Node is told to check the imports of some folders by the rules of `.dependency-cruiser.cjs`. */
export const layerArguments = (folders: readonly string[]): string[] => [
  ...['--import', join(CHECKOUT, 'tools', 'check', 'old-typescript.mjs')],
  join(CHECKOUT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
  ...['--config', join(CHECKOUT, '.dependency-cruiser.cjs')],
  ...folders,
];

/** Everything that can be said about the sources without running them. */
export const checkSteps = (): readonly CheckStep[] => [
  { name: 'format and lint', args: [BIOME, 'ci', '.'] },
  ...present(TYPE_PROJECTS).map((project) => ({ name: `types of ${project}`, args: [TSC, '-p', project] })),
  { name: 'layers', args: layerArguments(present(LAYERS)) },
  { name: 'unused code', args: [KNIP, '--no-progress'] },
  { name: 'third-party notices', args: ['tools/notices.ts', '--check'] },
];
