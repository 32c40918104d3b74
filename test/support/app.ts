import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';

/** The app under test, started for real. */
export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly profileDir: string;
  /** Console lines and page errors of the window, newest last. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

/** Software rendering that paints reliably without a graphics card. */
const RENDERING = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
const CHECKOUT = resolve(import.meta.dirname, '..', '..');

/**
 * Starts the built app, or the installed one named by TRACEFLOW_E2E_EXECUTABLE, on a profile of its own. Chromium's
 * sandbox is on unless the tests run as root, which Chromium refuses.
 */
export async function launchApp(
  options: {
    readonly profileDir?: string;
    readonly args?: readonly string[];
    readonly env?: Record<string, string>;
  } = {},
): Promise<RunningApp> {
  const profileDir = options.profileDir ?? mkdtempSync(join(tmpdir(), 'traceflow-profile-'));
  const installed = process.env.TRACEFLOW_E2E_EXECUTABLE;
  const runtime = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const executablePath = installed ?? (runtime ? join(runtime, 'electron') : undefined);
  const log: string[] = [];
  const app = await _electron.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...RENDERING, ...(installed ? [] : [CHECKOUT]), `--profile=${profileDir}`, ...(options.args ?? [])],
    chromiumSandbox: process.getuid?.() !== 0 && !process.env.TRACEFLOW_NO_SANDBOX,
    env: { ...(process.env as Record<string, string>), ...options.env },
  });
  app.process().stderr?.on('data', (bytes: Buffer) => {
    // Chromium complains about the missing session bus of a test machine at length.
    for (const line of bytes.toString().split('\n'))
      if (line && !/bus\.cc|DevTools listening|Debugger/.test(line)) log.push(line);
  });
  const page = await app.firstWindow();
  await page.emulateMedia({ reducedMotion: 'reduce' }); // what is moving can neither be measured nor clicked for sure
  page.on('console', (message) => log.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => log.push(`pageerror: ${error.message}`));
  return { app, page, profileDir, log, close: () => app.close() };
}
