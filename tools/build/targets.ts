import { buildDesktopPart } from './desktop.ts';
import { buildIngestServer } from './ingest-server.ts';
import { buildMobileSdk } from './mobile-sdk.ts';
import { buildNodeSdk } from './node-sdk.ts';
import { buildReplayFrame } from './replay-frame.ts';
import { buildWebSdk } from './web-sdk.ts';

/** One thing that is built, from which sources, to where. Paths are relative to the checkout. */
export interface Target {
  readonly name: string;
  /** Without this file there is nothing to build. */
  readonly entry: string;
  /** Files and folders whose content decides whether it must be built again. */
  readonly inputs: readonly string[];
  /** Folders it makes: the name inside the folder it builds into ('' for all of it), and where that goes. */
  readonly outputs: readonly (readonly [made: string, place: string])[];
  readonly build: (outDir: string) => Promise<void>;
}

/** Everything that is built, in order. */
export const TARGETS: readonly Target[] = [
  {
    name: 'main',
    entry: 'main/shell/main.ts',
    inputs: ['main', 'server', 'shared', 'electron.vite.config.ts'],
    outputs: [
      ['main', 'out/main'],
      ['cli', 'out/cli'],
    ],
    build: (outDir) => buildDesktopPart('main', outDir),
  },
  {
    name: 'preload',
    entry: 'preload/preload.ts',
    inputs: ['preload', 'shared', 'electron.vite.config.ts'],
    outputs: [['', 'out/preload']],
    build: (outDir) => buildDesktopPart('preload', outDir),
  },
  {
    name: 'renderer',
    entry: 'renderer/index.html',
    inputs: ['renderer', 'shared', 'electron.vite.config.ts'],
    outputs: [['', 'out/renderer']],
    build: (outDir) => buildDesktopPart('renderer', outDir),
  },
  {
    name: 'frame',
    entry: 'renderer/frame/index.html',
    inputs: ['renderer/frame', 'shared'],
    outputs: [['', 'out/frame']],
    build: buildReplayFrame,
  },
  {
    name: 'sdk',
    entry: 'sdk/web/src/index.ts',
    inputs: ['sdk/web', 'shared'],
    outputs: [['', 'out/sdk']],
    build: buildWebSdk,
  },
  {
    name: 'node-sdk',
    entry: 'sdk/node/src/index.ts',
    inputs: ['sdk', 'shared'],
    outputs: [['', 'sdk/node/dist']],
    build: buildNodeSdk,
  },
  {
    name: 'mobile-sdk',
    entry: 'sdk/react-native/src/index.ts',
    inputs: ['sdk/react-native', 'sdk/web', 'shared'],
    outputs: [['', 'sdk/react-native/dist']],
    build: buildMobileSdk,
  },
  {
    name: 'server',
    entry: 'server/main.ts',
    inputs: ['server', 'shared'],
    outputs: [['', 'server/dist']],
    build: buildIngestServer,
  },
];
