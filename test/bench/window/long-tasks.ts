import type { Page } from 'playwright';

/** Starts to note how long the window was busy at a stretch. Tasks below 50 ms are none to the browser. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
}

/** Runs `work` and returns the longest task of the window meanwhile, ms; 0 when none took 50 ms. */
export async function longestTask(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    (Reflect.get(window, 'longTasks') as number[]).length = 0;
  });
  await work();
  // Entries are handed over in a task of their own.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
  return page.evaluate(() => Math.max(0, ...(Reflect.get(window, 'longTasks') as number[])));
}
