// npm run package: makes the installable app in release/. Names of electron-builder targets may follow; without any, dir
// and deb on Linux and what electron-builder.yml says elsewhere.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { build, type Configuration, Platform } from 'electron-builder';
import { buildTargets } from '../build/build-targets.ts';
import { printReport } from '../build/print-report.ts';
import { CHECKOUT } from '../setup/checkout.ts';
import { resolveRuntime } from '../setup/runtime.ts';
import { releaseFuses } from './release-fuses.ts';
import { fillBindingFolder } from './sqlite-binding-folder.ts';

const runtime = resolveRuntime();
const inspectable = process.env.TRACEFLOW_PACKAGE_INSPECTABLE === '1';

/** Files of the development runtime that a packaged app must not have. */
function removeDevelopmentFiles(resources: string): void {
  for (const name of ['default_app.asar', 'app-update.yml']) rmSync(join(resources, name), { force: true });
}

if (!printReport(await buildTargets())) process.exit(1);
fillBindingFolder(runtime);
mkdirSync(join(CHECKOUT, 'resources', 'demo'), { recursive: true });
if (inspectable) console.warn('This package can be driven by a debugger: for tests only, not for release.');

/** A package for tests is kept apart from those to give away, and made quickly rather than small. */
const forTests: Configuration = { directories: { output: 'release/inspectable' }, deb: { compression: 'gz' } };

// electron-builder starts the stand-in as a program, which looks for Node on the PATH.
process.env.PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
if (existsSync('/usr/bin/dpkg-deb')) process.env.CUSTOM_FPM_PATH = join(CHECKOUT, 'tools', 'package', 'fpm', 'fpm');

const files = await build({
  projectDir: CHECKOUT,
  targets: Platform.current().createTarget(process.argv.slice(2)),
  publish: 'never',
  config: {
    ...(inspectable ? forTests : {}),
    electronDist: dirname(runtime.executable),
    electronVersion: runtime.version,
    electronFuses: releaseFuses(inspectable),
    afterPack: (context) => {
      removeDevelopmentFiles(join(context.appOutDir, 'resources'));
      return Promise.resolve();
    },
  },
});
console.log(files.map((file) => `made: ${file}`).join('\n'));
