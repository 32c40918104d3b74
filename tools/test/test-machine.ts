import { buildTargets } from '../build/build-targets.ts';
import { printReport } from '../build/print-report.ts';
import { hasDisplay, startVirtualDisplay } from '../display/virtual-display.ts';
import { resolveRuntime, runtimeEnv } from '../setup/runtime.ts';
import { testEnvironment } from './environment.ts';
import { openNoticeBox } from './notices.ts';

/**
 * Runs a long job of this process (a bench, a soak) on the machine that the tests find: everything built, the runtime,
 * browser and recordings in the environment, a screen. What the machine could not provide is printed at the end.
 * @throws when the sources do not build
 */
export async function withTestMachine<T>(job: () => Promise<T>): Promise<T> {
  if (!printReport(await buildTargets(), console.error)) throw new Error('the sources do not build; see above');
  const notices = openNoticeBox();
  const display = hasDisplay() ? null : await startVirtualDisplay();
  Object.assign(
    process.env,
    testEnvironment(notices.file),
    runtimeEnv(resolveRuntime()),
    display && { DISPLAY: display.name },
  );
  try {
    return await job();
  } finally {
    display?.stop();
    for (const { text } of notices.empty()) console.error(`notice: ${text}`);
  }
}
