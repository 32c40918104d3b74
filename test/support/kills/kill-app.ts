import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright';
import { z } from 'zod';
import { formatDuration } from '../../../renderer/ui/format-duration.ts';
import { launchApp, type RunningApp } from '../app.ts';
import type { Random } from '../shop-random.ts';
import { startEngineRun } from './engine-run.ts';
import { writeRecordings, wrongImports } from './kill-import.ts';
import { emptyReport, type KillReport, note } from './kill-report.ts';

const PATIENCE_MS = 90_000;

/** Where the person at the window is. */
interface Place {
  readonly tabs: readonly string[];
  readonly active: string;
  readonly playhead: string;
}

async function until(what: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  for (const endAt = Date.now() + PATIENCE_MS; !(await condition()); await wait(50)) {
    if (Date.now() > endAt) throw new Error(`${what} did not happen within ${PATIENCE_MS / 1000} s`);
  }
}

const timeline = (page: Page) => page.locator('[role="slider"]:visible').first();

async function placeOf(page: Page): Promise<Place> {
  const tabs = page.getByRole('tab');
  return {
    tabs: await tabs.allInnerTexts(),
    active: await page.locator('[role="tab"][aria-selected="true"]').first().innerText(),
    playhead: (await timeline(page).getAttribute('aria-valuetext')) ?? '',
  };
}

/** Waits for the tabs of these sessions, goes to one of them and moves its playhead. */
async function settleDown(page: Page, sessions: readonly string[], random: Random): Promise<Place> {
  const tab = (path: string) => page.getByRole('tab').filter({ hasText: path }).first();
  for (const path of sessions) await tab(path).waitFor({ timeout: PATIENCE_MS });
  await tab(random.pick(sessions)).click();
  const slider = timeline(page);
  await slider.waitFor({ timeout: PATIENCE_MS });
  const start = await slider.getAttribute('aria-valuetext');
  const box = await slider.boundingBox();
  if (!box) throw new Error('The timeline has no size.');
  await until('the playhead moved', async () => {
    await slider.click({ position: { x: random.between(box.width * 0.2, box.width * 0.9), y: box.height * 0.6 } });
    return (await slider.getAttribute('aria-valuetext')) !== start;
  });
  return placeOf(page);
}

const Kept = z.object({ sessions: z.record(z.string(), z.object({ atMs: z.number() })) });

/** Where the window is, moved playhead and all, is on the disk: only then may a kill not take it. */
const keptOnDisk = (profileDir: string, { playhead }: Place): Promise<void> =>
  until('the place of the window was kept', () => {
    const file = join(profileDir, 'window-state.json');
    const kept = existsSync(file) ? Kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data : undefined;
    return Object.values(kept?.sessions ?? {}).some(({ atMs }) => atMs > 0 && playhead.includes(formatDuration(atMs)));
  });

async function killApp({ app }: RunningApp): Promise<void> {
  const program = app.process();
  const exited = once(program, 'exit');
  program.kill('SIGKILL');
  await exited;
}

/**
 * The app imports files while sessions are open in it, and is killed; started again it is where it was, with every session
 * whole or not there, and takes in the rest.
 */
export async function killAppWhileImporting(dir: string, random: Random): Promise<KillReport> {
  const report = emptyReport();
  const profileDir = join(dir, 'profile');
  const files = writeRecordings(join(dir, 'files'), random, 8);
  const known = [...files].slice(0, 2);
  const first = startEngineRun([profileDir, 'import', ...known.map(([, file]) => file)]);
  if ((await first.ended) !== 'done') throw new Error(`The first import failed: ${first.said()}`);
  const links = known.map(([key]) => `traceflow://session/${key}`);
  const running = await launchApp({ profileDir, args: links });
  let place: Place;
  try {
    place = await settleDown(running.page, ['/visit-0', '/visit-1'], random);
    await keptOnDisk(profileDir, place);
    // A second start hands its files over and ends, which the launcher takes for a failure.
    await launchApp({ profileDir, args: [...files.values()] }).catch(() => undefined);
    await wait(random.between(0, 1500));
  } finally {
    await killApp(running);
  }
  note(report, 'kills: app while it imports');
  const again = await launchApp({ profileDir });
  try {
    await timeline(again.page).waitFor({ timeout: PATIENCE_MS });
    await until('the playhead came back', async () => (await placeOf(again.page)).playhead === place.playhead).catch(
      () => undefined,
    );
    const now = await placeOf(again.page);
    if (JSON.stringify(now) !== JSON.stringify(place))
      report.failures.push(`the app was at ${JSON.stringify(place)} and came back at ${JSON.stringify(now)}`);
  } finally {
    await again.close();
  }
  report.failures.push(...(await wrongImports(profileDir, files)).failures);
  const last = startEngineRun([profileDir, 'import', ...files.values()]);
  const state = await last.ended;
  if (state !== 'done') report.failures.push(`the last import ended ${state}: ${last.said()}`);
  const { present, failures } = await wrongImports(profileDir, files);
  report.failures.push(...failures);
  if (present !== files.size) report.failures.push(`${present} sessions of ${files.size} files`);
  return report;
}
