import { extname, join } from 'node:path';
import { build } from 'vite';
import { FRAME_FILES } from '../../shared/replay/frame-policy.ts';
import { CHECKOUT } from '../setup/checkout.ts';

const isStyle = (names: readonly string[]): boolean => names.some((name) => extname(name) === '.css');

/**
 * Builds the replay document, an origin of its own: exactly the files that its policy names, one script, one worker, one
 * style, nothing shared with the workbench.
 */
export async function buildReplayFrame(outDir: string): Promise<void> {
  const root = join(CHECKOUT, 'renderer', 'frame');
  await build({
    configFile: false,
    root,
    base: '/',
    publicDir: false,
    logLevel: 'warn',
    worker: {
      format: 'es',
      rolldownOptions: { output: { entryFileNames: FRAME_FILES.worker, codeSplitting: false } },
    },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome130',
      modulePreload: false,
      cssCodeSplit: false,
      rolldownOptions: {
        input: join(root, 'index.html'),
        output: {
          entryFileNames: FRAME_FILES.script,
          codeSplitting: false,
          assetFileNames: ({ names }) => (isStyle(names) ? FRAME_FILES.style : '[name][extname]'),
        },
      },
    },
  });
}
