import { describe, expect, it } from 'vitest';
import { loopTarget } from '../../../../../renderer/features/session/loop.ts';
import { createPlayer } from '../../../../../renderer/features/session/player.ts';
import { createShuttle } from '../../../../../renderer/features/session/shuttle.ts';

/** A shuttle over a player without a frame, with a clock of its own. */
function shuttleAt(atMs: number) {
  const player = createPlayer({ atMs, speed: 1, skipInactivity: false });
  let tick: (() => void) | null = null;
  const shuttle = createShuttle(player, (_stepMs, run) => {
    tick = run;
    return () => {
      tick = null;
    };
  });
  const pass = (times: number): void => {
    for (let step = 0; step < times; step++) tick?.();
  };
  return { player, shuttle, pass, isRunning: () => tick !== null };
}

describe('the shuttle', () => {
  it('runs backwards, faster with each press, until it is stopped', () => {
    const { player, shuttle, pass, isRunning } = shuttleAt(10_000);
    shuttle.back();
    pass(10);
    expect(player.get().atMs).toBe(9000);
    shuttle.back();
    pass(10);
    expect(player.get().atMs).toBe(7000);
    shuttle.stop();
    pass(10);
    expect(player.get().atMs).toBe(7000);
    expect(isRunning()).toBe(false);
  });
  it('ends at the start, when somebody seeks, and when it goes forward again', () => {
    const atStart = shuttleAt(150);
    atStart.shuttle.back();
    atStart.pass(5);
    expect(atStart.player.get().atMs).toBe(0);
    expect(atStart.isRunning()).toBe(false);
    const sought = shuttleAt(10_000);
    sought.shuttle.back();
    sought.pass(1);
    sought.player.seek(5000);
    sought.pass(3);
    expect(sought.player.get().atMs).toBe(5000);
    const turned = shuttleAt(10_000);
    turned.shuttle.back();
    turned.shuttle.forward();
    turned.pass(3);
    expect(turned.player.get().atMs).toBe(10_000);
  });
});

describe('a loop', () => {
  const range = { fromMs: 2000, toMs: 5000 };
  it('goes round the range, also from outside of it', () => {
    expect(loopTarget(range, 4999, true, false)).toBeNull();
    expect(loopTarget(range, 5000, true, false)).toBe(2000);
    expect(loopTarget(range, 100, true, false)).toBe(2000);
    expect(loopTarget(range, 9000, false, true)).toBe(2000);
  });
  it('goes round the session where no range is chosen, and lets a person look around while it stands', () => {
    expect(loopTarget(null, 9000, false, true)).toBe(0);
    expect(loopTarget(null, 9000, true, false)).toBeNull();
    expect(loopTarget(range, 9000, false, false)).toBeNull();
  });
});
