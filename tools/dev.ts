// npm run dev: the app, rebuilt at every change. The window reloads when its own code changed; a change of the engine, the
// shell or the preload restarts the app. It runs from the built files under the same policies and origins as a release,
// so that what works here works there; there is no development server that they would have to be opened for.
import { once } from 'node:events';
import { _electron, type ElectronApplication } from 'playwright';
import { type BuildReport, buildTargets } from './build/build-targets.ts';
import { printReport } from './build/print-report.ts';
import { consequenceOf } from './dev/consequence.ts';
import { watchSources } from './dev/watch-sources.ts';
import { hasDisplay, startVirtualDisplay } from './display/virtual-display.ts';
import { CHECKOUT } from './setup/checkout.ts';
import { resolveRuntime, runtimeEnv, SOFTWARE_RENDERING } from './setup/runtime.ts';

const runtime = resolveRuntime();
const display = hasDisplay() ? null : await startVirtualDisplay();
if (display) console.log(`There is no display here: running on a virtual one (${display.name}).`);

async function launch(): Promise<ElectronApplication> {
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...(display ? SOFTWARE_RENDERING : []), CHECKOUT, ...process.argv.slice(2)],
    chromiumSandbox: process.getuid?.() !== 0,
    env: {
      ...(process.env as Record<string, string>),
      ...runtimeEnv(runtime),
      ...(display ? { DISPLAY: display.name } : {}),
    },
  });
  app.process().stdout?.pipe(process.stdout);
  app.process().stderr?.pipe(process.stderr);
  return app;
}

/** The app as it runs now; closing its window ends the session, a restart does not. */
const session: { app: ElectronApplication | null; ending: boolean } = { app: null, ending: false };

async function start(): Promise<void> {
  const app = await launch();
  session.app = app;
  app.once('close', () => {
    if (!session.ending) process.exit(0);
  });
}

async function end(): Promise<void> {
  session.ending = true;
  await session.app?.close();
  session.ending = false;
}

async function follow(report: BuildReport): Promise<void> {
  printReport(report);
  const consequence = consequenceOf(report.built);
  if (consequence === 'restart') await end().then(start);
  if (consequence === 'reload') for (const page of session.app?.windows() ?? []) await page.reload();
}

process.once('exit', () => display?.stop());
if (!printReport(await buildTargets())) console.error('Fix the build; it is tried again at the next change.');
await start();

let queue = Promise.resolve();
const stop = watchSources(() => {
  queue = queue
    .then(() => buildTargets())
    .then(follow)
    .catch((error: unknown) => console.error(error));
});
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
stop();
await end();
process.exit(0);
