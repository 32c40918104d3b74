import { join, resolve } from 'node:path';
import { app, type BrowserWindow, dialog, session } from 'electron';
import { z } from 'zod';
import { messageOf } from '../../shared/lib/app-error.ts';
import { FRAME_FILES, FRAME_ORIGIN, frameCsp } from '../../shared/replay/frame-policy.ts';
import { installMenu } from './application-menu.ts';
import { chromiumFolder } from './chromium-folder.ts';
import { createCrashBudget } from './crash-budget.ts';
import { createProfileDeletion, type ProfileDeletion } from './delete-profile.ts';
import { type EngineHost, startEngineHost } from './engine-host.ts';
import { lockSession } from './hardening.ts';
import { ownArguments, readOpenRequest } from './open-request.ts';
import { appPaths } from './paths.ts';
import { recoverWindow } from './recover-window.ts';
import { restart } from './restart.ts';
import { registerSchemes } from './schemes.ts';
import { openSecrets } from './secrets.ts';
import { serveFolder } from './serve-files.ts';
import { openShellChannel } from './shell-channel.ts';
import { createShellHandlers } from './shell-handlers.ts';
import { whenUsable } from './when-usable.ts';
import { openWindowMemory } from './window-memory.ts';
import { saveScreenshot } from './window-screenshot.ts';
import { WORKBENCH_CSP } from './workbench-policy.ts';
import { openWorkbench } from './workbench-window.ts';

const ImportStarted = z.object({ jobId: z.string() });

/** The value of `--name=value` on the command line. */
const option = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

const argumentsOf = (argv: readonly string[]): readonly string[] =>
  ownArguments(argv, { packaged: app.isPackaged, path: app.getAppPath() });
const log = (text: string): void => console.error(`[traceflow] ${text}`);

function whenReady(profileDir: string, deletion: ProfileDeletion): void {
  const paths = appPaths(join(import.meta.dirname, '..'));
  // First of all, because the engine takes longest: it opens the library while the window is made.
  const engine = startEngineHost({
    entry: paths.engine,
    config: {
      profileDir,
      demoDir: paths.demo,
      sdkFile: paths.sdk,
      workersDir: paths.workers,
      nativeBinding: process.env.TRACEFLOW_SQLITE_BINDING ?? null,
    },
    secrets: openSecrets(join(profileDir, 'secrets.json')),
    crashes: createCrashBudget(Date.now),
    log,
  });
  const own = session.defaultSession;
  const lock = lockSession(own);
  serveFolder(own, { scheme: 'app', host: 'workbench', folder: paths.workbench, csp: WORKBENCH_CSP });
  serveFolder(own, {
    scheme: 'replay',
    host: new URL(FRAME_ORIGIN).host,
    folder: paths.frame,
    csp: frameCsp(FRAME_FILES),
  });
  const menu = installMenu({
    development: !app.isPackaged,
    run: (id) => window.webContents.send('traceflow:command', id),
  });
  const window = openWorkbench({ preload: paths.preload, profileDir, log });
  openShellChannel(
    createShellHandlers({
      engine,
      window: () => window,
      profileDir,
      menu,
      deleteAll: () => deleteAll(engine, deletion),
    }),
    engine,
    openWindowMemory(join(app.getPath('userData'), 'window-state.json'), log),
  );
  window.webContents.on('did-finish-load', () => engine.connectWindow(window.webContents));
  window.webContents.once('did-finish-load', () =>
    openRequested(engine, window, argumentsOf(process.argv), process.cwd()),
  );
  recoverWindow(window.webContents, createCrashBudget(Date.now), log);
  window.webContents.on('preload-error', (_event, path, error) => log(`preload ${path}: ${error.message}`));
  app.on('second-instance', (_event, argv, cwd) => {
    if (window.isMinimized()) window.restore();
    window.focus();
    openRequested(engine, window, argumentsOf(argv), cwd);
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    openRequested(engine, window, [file], process.cwd());
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    openRequested(engine, window, [url], process.cwd());
  });
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void engine.stop().finally(() => {
      stopped = true;
      if (lock.cancelled.length > 0) log(`${lock.cancelled.length} requests were cancelled`);
      // Quitting from within the event that was held up is ignored: it has to be another turn.
      setImmediate(() => app.quit());
    });
  });
  announce(window).catch((error: unknown) => log(messageOf(error)));
}

/** For tools that watch the output: says when the window can be worked with, and saves a picture of it then. */
async function announce(window: BrowserWindow): Promise<void> {
  const screenshot = option('screenshot');
  const announced = process.argv.includes('--announce-usable');
  if (!screenshot && !announced) return;
  await whenUsable(window);
  if (announced) console.log('usable');
  if (!screenshot) return;
  await saveScreenshot(window, resolve(screenshot));
  console.log(`screenshot ${resolve(screenshot)}`);
}

/** The engine ends first, so that nothing is written behind the deletion; what the window still holds goes at the next start. */
async function deleteAll(engine: EngineHost, deletion: ProfileDeletion): Promise<void> {
  deletion.begin();
  await engine.stop();
  deletion.clear();
  restart(argumentsOf(process.argv));
}

/** Imports the files and opens the sessions an argument list names. */
function openRequested(engine: EngineHost, window: BrowserWindow, args: readonly string[], cwd: string): void {
  const request = readOpenRequest(args, cwd);
  for (const key of request.sessions) window.webContents.send('traceflow:open-session', key);
  if (request.files.length === 0) return;
  engine
    .call('import.files', { paths: request.files })
    .then((answer) => log(`import ${ImportStarted.parse(answer).jobId}`))
    .catch((error: unknown) => log(messageOf(error)));
}

registerSchemes();
// Root can run Chromium only with --no-sandbox; enabling the sandbox here would take that back for the child processes.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
const profileDir = resolve(option('profile') ?? app.getPath('userData'));
app.setPath('userData', chromiumFolder(profileDir, log));
if (app.requestSingleInstanceLock()) {
  const deletion = createProfileDeletion({ profileDir, home: app.getPath('home') });
  const left = deletion.finish();
  if (left.length > 0) {
    const reason = `It is in use by another program. Close it and start TRACEFLOW again, or delete ${profileDir} yourself.`;
    dialog.showErrorBox('Not everything was deleted', `${left.join('\n')}\n\n${reason}`);
  }
  void app.whenReady().then(() => whenReady(profileDir, deletion));
  app.on('window-all-closed', () => app.quit());
} else {
  app.quit();
}
