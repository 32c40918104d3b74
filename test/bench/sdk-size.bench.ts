import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Figure } from '../../tools/bench/bench-module.ts';
import { bundleWebSdk } from '../../tools/build/web-sdk.ts';
import { CHECKOUT } from '../../tools/setup/checkout.ts';

const require = createRequire(import.meta.url);

/** The folder of an installed package, also where its `exports` hide its `package.json`. */
const folderOf = (name: string): string => join(CHECKOUT, 'node_modules', name);
const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8')) as { version: string }).version;
const gzipped = (text: string | Uint8Array): number => gzipSync(text, { level: 9 }).length;

/** One named import as a page's own bundler would make it. */
async function bundled(contents: string, define: Readonly<Record<string, string>> = {}): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: CHECKOUT },
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', platform: 'browser', write: false },
    ...{ logLevel: 'silent', legalComments: 'none' },
    define: { 'process.env.NODE_ENV': '"production"', ...define },
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild wrote no file for a peer');
  return gzipped(file.contents);
}

/** Every flag Sentry documents for a smaller build. */
const SENTRY_FLAGS = {
  ...{ __SENTRY_DEBUG__: 'false', __SENTRY_TRACING__: 'false', __RRWEB_EXCLUDE_IFRAME__: 'true' },
  ...{ __RRWEB_EXCLUDE_SHADOW_DOM__: 'true', __SENTRY_EXCLUDE_REPLAY_WORKER__: 'true' },
};

/** What a page loads, compressed as servers send it, against what the other recorders make it load. */
async function* run(): AsyncGenerator<Figure> {
  const files = await bundleWebSdk();
  const first = gzipped(files.first.text);
  const all = first + gzipped(files.later.text);
  const name = '@sentry/replay';
  const sentry = await bundled(
    `import { replayIntegration } from '${name}'; window.x = replayIntegration;`,
    SENTRY_FLAGS,
  );
  const openreplay = await bundled(`import Tracker from '@openreplay/tracker'; window.x = Tracker;`);
  const posthog = gzipped(readFileSync(join(dirname(require.resolve('posthog-js')), 'posthog-recorder.js')));
  const peers = {
    sentry: `${name} ${versionOf(name)}, all flags`,
    posthog: `posthog-recorder.js of posthog-js ${versionOf('posthog-js')}`,
    openreplay: `@openreplay/tracker ${versionOf('@openreplay/tracker')}`,
  };
  yield { metric: 'first_sentry', value: first / sentry, unit: 'x', peer: peers.sentry, runs: 1 };
  yield { metric: 'first_posthog', value: first / posthog, unit: 'x', peer: peers.posthog, runs: 1 };
  yield { metric: 'first_openreplay', value: first / openreplay, unit: 'x', peer: peers.openreplay, runs: 1 };
  yield { metric: 'all_sentry', value: all / sentry, unit: 'x', peer: peers.sentry, runs: 1 };
  yield { metric: 'first_bytes', value: first, unit: 'B', runs: 1 };
  yield { metric: 'all_bytes', value: all, unit: 'B', runs: 1 };
  yield { metric: 'sentry_bytes', value: sentry, unit: 'B', runs: 1 };
  yield { metric: 'posthog_bytes', value: posthog, unit: 'B', runs: 1 };
  yield { metric: 'openreplay_bytes', value: openreplay, unit: 'B', runs: 1 };
}

export default { name: 'sdk-size', run };
