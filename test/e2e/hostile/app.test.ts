import { expect, test } from 'vitest';
import { ToWorkbench } from '../../../shared/ipc/frame-messages.ts';
import { payloads, STAY_MS, tour } from '../../fixtures/hostile/payloads.ts';
import { openReplayApp } from '../../support/replay-app.ts';
import { startBeacon } from '../../support/replay-beacon.ts';

test('the app plays every hostile recording: no connection, no script, no navigation, no message outside the protocol', async () => {
  const beacon = await startBeacon();
  const replay = await openReplayApp(tour(beacon.base, payloads));
  try {
    const { page } = replay;
    await replay.open();
    const times = async (): Promise<number[]> =>
      (await replay.messages()).flatMap((raw) => {
        const message = ToWorkbench.safeParse(raw);
        return message.data?.type === 'time' ? [message.data.atMs] : [];
      });
    const opened = (await replay.messages()).map((raw) => ToWorkbench.parse(raw)).find(({ type }) => type === 'opened');
    const durationMs = opened?.type === 'opened' ? opened.durationMs : 0;
    expect(durationMs).toBeGreaterThan(60_000);
    // Every payload stays on the screen, with what it does later, for as long as the next seek takes.
    for (let atMs = STAY_MS - 20; atMs < durationMs; atMs += STAY_MS) await replay.seek(atMs);
    await replay.seek(0);

    await page.getByRole('button', { name: /^Speed/ }).click();
    await page.locator('[role^=menuitem]').last().click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(async () => Math.max(...(await times())), { timeout: 120_000 }).toBe(durationMs);

    const frame = await replay.frame();
    expect(await frame.evaluate(() => 'polluted' in {} || 'polluted2' in {} || 'pwned' in window)).toBe(false);
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    expect(beacon.hits).toEqual([]);
    expect(beacon.connections).toBe(0);
    expect(await replay.navigations()).toEqual([]);
    expect(await replay.windowMessages()).toEqual([]);
    const messages = await replay.messages();
    expect(messages.filter((raw) => !ToWorkbench.safeParse(raw).success)).toEqual([]);
    expect(messages.filter((raw) => ToWorkbench.parse(raw).type === 'failed')).toEqual([]);
    const blocked = messages.map((raw) => ToWorkbench.parse(raw)).findLast(({ type }) => type === 'blocked');
    expect(blocked?.type === 'blocked' && blocked.count).toBeGreaterThan(80);
  } finally {
    await replay.close();
    await beacon.close();
  }
  expect(replay.log.filter((line) => /requests were cancelled/.test(line))).toEqual([]);
});
