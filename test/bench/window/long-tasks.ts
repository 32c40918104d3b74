import { readFileSync, rmSync } from 'node:fs';
import type { ElectronApplication, Page } from 'playwright';

/** The longest task of a window's main thread, ms: by the clock, which other programs stretch, and by the processor's time. */
export interface LongestTask {
  /** 0 when none took 50 ms: what is shorter is no long task to the browser. */
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Starts to note how long the window was busy at a stretch. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
}

/** Runs `work` and returns the longest task of the window meanwhile. */
export async function longestTask(
  { app, page }: { readonly app: ElectronApplication; readonly page: Page },
  work: () => Promise<void>,
): Promise<LongestTask> {
  await page.evaluate(() => {
    (Reflect.get(window, 'longTasks') as number[]).length = 0;
  });
  await app.evaluate(({ contentTracing }) => contentTracing.startRecording({ included_categories: ['toplevel'] }));
  await work();
  const file = await app.evaluate(({ contentTracing }) => contentTracing.stopRecording());
  // Entries are handed over in a task of their own.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
  const wallMs = await page.evaluate(() => Math.max(0, ...(Reflect.get(window, 'longTasks') as number[])));
  const windowPid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  const cpuMs = longestCpu(readFileSync(file, 'utf8'), windowPid);
  rmSync(file);
  return { wallMs, cpuMs };
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time, microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Longest task of the main thread of a process in a trace of Chromium, ms of processor time. */
function longestCpu(trace: string, pid: number | undefined): number {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] };
  const main = traceEvents.find(
    (event) => event.pid === pid && event.name === 'thread_name' && event.args?.name === 'CrRendererMain',
  );
  const tasks = traceEvents.filter(
    (event) => event.pid === pid && event.tid === main?.tid && event.ph === 'X' && event.name.endsWith('RunTask'),
  );
  if (tasks.length === 0) throw new Error('The trace has no tasks of the window.');
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000;
}
