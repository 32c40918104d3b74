import { expect, test } from 'vitest';
import { notice } from '../../support/notice.ts';
import { canTrace, powerLoss } from '../../support/power-loss/power-loss.ts';
import { sized } from '../../support/size.ts';
import { temporaryFolder } from './support/server-process.ts';

test('whatever the moment the power fails, the folder opens and holds all that was promised', async () => {
  if (!canTrace()) {
    notice('power loss: not tested, this machine has no strace to log writes with');
    return;
  }
  const { dir, remove } = await temporaryFolder();
  const report = await powerLoss(`${dir}/run`, 1, sized(60));
  expect(report.failures).toEqual([]);
  expect(report.promises).toBeGreaterThan(report.states);
  expect(report.erasures).toBeGreaterThan(0);
  await remove();
});
