import { expect, test } from 'vitest';
import { pageClock } from '../../../sdk/web/src/clock.ts';

/** A page opened at 1,000,000, whose clocks the test moves. */
function clocks() {
  let monotonic = 0;
  let system = 1_000_000;
  const performance = { timeOrigin: 1_000_000, now: () => monotonic } as Performance;
  const clock = pageClock(performance, () => system);
  return {
    clock,
    pass(ms: number) {
      monotonic += ms;
      system += ms;
    },
    sleep(ms: number) {
      system += ms;
    },
  };
}

test('time that was slept through does not pass, and is told once', () => {
  const { clock, pass, sleep } = clocks();
  pass(5_000);
  expect([clock.now(), clock.slept()]).toEqual([1_005_000, 0]);
  sleep(8 * 3_600_000);
  pass(10);
  expect(clock.now()).toBe(1_005_010);
  expect([clock.slept(), clock.slept()]).toEqual([8 * 3_600_000, 0]);
  clock.skip(8 * 3_600_000);
  expect(clock.now()).toBe(1_005_010 + 8 * 3_600_000);
});

test('corrections of the system clock are no sleep', () => {
  const { clock, sleep } = clocks();
  for (const ms of [3_000, -3_000, -3_600_000, 3_000]) {
    sleep(ms);
    expect(clock.slept()).toBe(0);
  }
  expect(clock.now()).toBe(1_000_000);
});
