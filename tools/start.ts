// npm start: builds what has changed and runs the app; without a display on a virtual one, with a picture to look at.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildTargets } from './build/build-targets.ts';
import { printReport } from './build/print-report.ts';
import { hasDisplay, startVirtualDisplay } from './display/virtual-display.ts';
import { CHECKOUT } from './setup/checkout.ts';
import { resolveRuntime, runtimeEnv } from './setup/runtime.ts';
import { electronArguments, readStartRequest } from './start/app-arguments.ts';

/** What Chromium says on every machine without a session bus; it means nothing. */
const NOISE = /bus\.cc|object_proxy\.cc/;

const request = readStartRequest(process.argv.slice(2));

/** Ctrl-C reaches the whole group by itself; a plain kill of this process must be handed on. */
async function outcome(child: ChildProcess): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 0;
}

function runDemo(args: readonly string[]): Promise<number> {
  const demo = join(CHECKOUT, 'tools', 'demo', 'main.ts');
  return outcome(spawn(process.execPath, [demo, ...args], { stdio: 'inherit', cwd: CHECKOUT }));
}

function forwardErrors(child: ChildProcess): void {
  if (!child.stderr) return;
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.trim() !== '' && !NOISE.test(line)) console.error(line);
  });
}

/** The app announces the picture on its output; everything else it prints is shown as it is. */
function watchForScreenshot(child: ChildProcess, file: string): void {
  if (!child.stdout) return;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line !== `screenshot ${file}`) return console.log(line);
    console.log(`The window is ready. Screenshot: ${file}`);
    if (request.once) child.kill('SIGTERM');
    else console.log('Running until Ctrl-C.');
  });
}

async function runApp(): Promise<number> {
  const runtime = resolveRuntime();
  const screenshot = join(mkdtempSync(join(tmpdir(), 'traceflow-start-')), 'window.png');
  const place = { display: hasDisplay(), root: process.getuid?.() === 0, screenshot };
  const display = place.display ? null : await startVirtualDisplay();
  if (display)
    console.log(`There is no display here: running on a virtual one (${display.name}), rendered by the CPU.`);
  if (place.root)
    console.warn(
      "Warning: as root Chromium's sandbox cannot be used (--no-sandbox). Do not open what you do not trust.",
    );
  try {
    const child = spawn(runtime.executable, electronArguments(CHECKOUT, place, request.forApp), {
      stdio: ['inherit', 'pipe', 'pipe'],
      cwd: process.env.INIT_CWD ?? process.cwd(), // where the person stands: relative files on the command line
      env: { ...process.env, ...runtimeEnv(runtime), ...(display ? { DISPLAY: display.name } : {}) },
    });
    forwardErrors(child);
    watchForScreenshot(child, screenshot);
    return await outcome(child);
  } finally {
    display?.stop();
  }
}

if (!printReport(await buildTargets())) process.exit(1);
process.exitCode = await (request.headlessDemo ? runDemo(request.headlessDemo) : runApp());
