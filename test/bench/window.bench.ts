import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import type { Figure } from '../../tools/bench/bench-module.ts';
import { hasDisplay, startVirtualDisplay } from '../../tools/display/virtual-display.ts';
import { CHECKOUT } from '../../tools/setup/checkout.ts';
import { resolveRuntime, runtimeEnv, SOFTWARE_RENDERING } from '../../tools/setup/runtime.ts';
import { oneHour } from './diagnose/one-hour.ts';
import { fillLibrary } from './start/fill-library.ts';
import { writeBigRecording } from './window/big-recording.ts';
import { type LongestTask, longestTask, watchLongTasks } from './window/long-tasks.ts';

/** Frames of scrolling from one end of the list to the other, and steps of dragging along the timeline. */
const FRAMES = 300;
const STEPS = 120;
const LONG_MS = 300_000;

interface Window {
  readonly app: ElectronApplication;
  readonly page: Page;
}

async function open(profileDir: string, display: string | undefined, file?: string): Promise<Window> {
  const runtime = resolveRuntime();
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...SOFTWARE_RENDERING, CHECKOUT, `--profile=${profileDir}`, ...(file ? [file] : [])],
    chromiumSandbox: process.getuid?.() !== 0,
    env: {
      ...(process.env as Record<string, string>),
      ...runtimeEnv(runtime),
      ...(display ? { DISPLAY: display } : {}),
    },
  });
  const page = await app.firstWindow();
  await page.locator('[role="row"][data-index="0"]').waitFor({ timeout: LONG_MS });
  await watchLongTasks(page);
  return { app, page };
}

/** From the first to the last of all sessions in steps of many rows, each on its own frame. */
const scroll = (page: Page): Promise<void> =>
  page.getByRole('grid', { name: 'Sessions' }).evaluate(async (grid, frames) => {
    const last = grid.scrollHeight - grid.clientHeight;
    for (let frame = 0; frame <= frames; frame += 1) {
      grid.scrollTop = (last * frame) / frames;
      await new Promise((next) => requestAnimationFrame(next));
    }
  }, FRAMES);

/** Opens the only session and drags the playhead from its start to its end and back. */
async function openOnly(page: Page): Promise<void> {
  await page.locator('[role="row"][data-index="0"]').dblclick();
  const recorded = page.frameLocator('iframe[title="Recorded page"]').frameLocator('.replayer-wrapper iframe');
  await recorded.locator('body').waitFor({ timeout: LONG_MS });
}

async function scrub(page: Page): Promise<void> {
  const box = await page.getByRole('slider').first().boundingBox();
  if (!box) throw new Error('There is no timeline to drag along.');
  const y = box.y + Math.min(box.height / 2, 12);
  await page.mouse.move(box.x + 2, y);
  await page.mouse.down();
  for (let step = 0; step <= STEPS; step += 1) {
    const way = 1 - Math.abs(1 - (2 * step) / STEPS);
    await page.mouse.move(box.x + 2 + way * (box.width - 4), y);
  }
  await page.mouse.up();
}

async function importFile({ app, page }: Window, file: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await page.getByRole('button', { name: 'Open a recording…' }).click();
  await page.getByText('1 session imported').first().waitFor({ timeout: LONG_MS });
}

function* figures(what: string, { wallMs, cpuMs }: LongestTask): Generator<Figure> {
  yield { metric: `${what}_longest_ms`, value: wallMs, unit: 'ms', runs: 1 };
  yield { metric: `${what}_longest_cpu_ms`, value: cpuMs, unit: 'ms', runs: 1 };
}

/** The longest task of the window at what it is asked most: reported, because a machine's own pauses count too. */
async function* run({ quick }: { readonly quick: boolean }): AsyncGenerator<Figure> {
  const dir = mkdtempSync(join(tmpdir(), 'traceflow-bench-'));
  const display = hasDisplay() ? null : await startVirtualDisplay();
  try {
    const sessions = quick ? 10_000 : 100_000;
    fillLibrary(join(dir, 'library'), sessions);
    const library = await open(join(dir, 'library'), display?.name);
    yield* figures('scroll', await longestTask(library, () => scroll(library.page)));
    const big = join(dir, 'big.json');
    writeBigRecording(big, quick ? 20_000_000 : 200_000_000);
    yield { metric: 'import_bytes', value: statSync(big).size, unit: 'B', runs: 1 };
    yield* figures('import', await longestTask(library, () => importFile(library, big)));
    await library.app.close();

    const hour = join(dir, 'hour.json');
    writeFileSync(hour, JSON.stringify(oneHour(quick ? 10_000 : 100_000)));
    const session = await open(join(dir, 'session'), display?.name, hour);
    yield* figures('open', await longestTask(session, () => openOnly(session.page)));
    yield* figures('scrub', await longestTask(session, () => scrub(session.page)));
    await session.app.close();
  } finally {
    display?.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

export default { name: 'window', run };
