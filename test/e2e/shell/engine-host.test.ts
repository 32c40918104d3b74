import { expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../../support/app.ts';

interface AppInfo {
  readonly value: { readonly engineFailure: string | null };
}

const info = ({ page }: RunningApp): Promise<AppInfo> =>
  page.evaluate(() =>
    (
      window as unknown as { traceflowShell: { call(name: string, input?: unknown): Promise<AppInfo> } }
    ).traceflowShell.call('app.info'),
  );

/** Pid of the engine, or null while there is none. */
const enginePid = ({ app }: RunningApp): Promise<number | null> =>
  app.evaluate(
    ({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === 'TRACEFLOW engine')?.pid ?? null,
  );

/** Waits for an engine that is not one of `gone`. */
async function nextEngine(running: RunningApp, gone: readonly number[]): Promise<number> {
  let pid: number | null = null;
  await expect
    .poll(
      async () => {
        pid = await enginePid(running);
        return pid !== null && !gone.includes(pid);
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  return pid as unknown as number;
}

test('a killed engine starts again and the window goes on; the third crash within a minute is said instead', async () => {
  const running = await launchApp();
  const killed: number[] = [];
  try {
    for (let crash = 0; crash < 2; crash++) {
      const pid = await nextEngine(running, killed);
      killed.push(pid);
      process.kill(pid, 'SIGKILL');
    }
    const last = await nextEngine(running, killed);
    expect((await info(running)).value.engineFailure).toBeNull();
    process.kill(last, 'SIGKILL');
    await expect
      .poll(async () => (await info(running)).value.engineFailure, { timeout: 30_000 })
      .toContain('three times');
    await expect
      .poll(() =>
        running.page
          .getByText(/stopped three times/)
          .first()
          .isVisible(),
      )
      .toBe(true);
  } finally {
    await running.close();
  }
});

test('a second start hands its files to the first and ends', async () => {
  const first = await launchApp();
  try {
    const windows = () => first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    await expect(launchApp({ profileDir: first.profileDir })).rejects.toThrow();
    await expect.poll(() => windows()).toBe(1);
  } finally {
    await first.close();
  }
});
