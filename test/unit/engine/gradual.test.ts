import { expect, it } from 'vitest';
import { createGradual } from '../../../main/engine/analyst/inspect/gradual.ts';

const never = new AbortController().signal;

/** Makes a list of `steps` numbers, one a step, and counts them. */
function counting(steps: number): { made: number[]; make: Generator<void, number[]> } {
  const made: number[] = [];
  function* make(): Generator<void, number[]> {
    for (let step = 0; step < steps; step++) {
      made.push(step);
      yield;
    }
    return made;
  }
  return { made, make: make() };
}

it('makes a thing once, however many wait for it', async () => {
  const { made, make } = counting(5);
  const gradual = createGradual(make);
  const [one, other] = await Promise.all([gradual.get(never), gradual.get(never)]);
  expect(one).toBe(other);
  expect(await gradual.get(never)).toBe(made);
  expect(made).toHaveLength(5);
});

it('stops when nobody waits any more, and goes on where it stopped', async () => {
  const { made, make } = counting(1000);
  const gradual = createGradual(make);
  const asked = new AbortController();
  const first = gradual.get(asked.signal);
  await new Promise((turn) => setImmediate(turn));
  asked.abort();
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  await new Promise((turn) => setImmediate(turn));
  const until = made.length;
  expect(until).toBeGreaterThan(0);
  expect(until).toBeLessThan(1000);
  expect(await gradual.get(never)).toEqual(Array.from({ length: 1000 }, (_, step) => step));
});

it('goes on for the others when one leaves', async () => {
  const gradual = createGradual(counting(50).make);
  const asked = new AbortController();
  const leaving = gradual.get(asked.signal);
  const staying = gradual.get(never);
  asked.abort();
  await expect(leaving).rejects.toMatchObject({ code: 'cancelled' });
  expect(await staying).toHaveLength(50);
});

it('tells everybody why it cannot be made', async () => {
  function* broken(): Generator<void, never> {
    yield;
    throw new Error('the disk is gone');
  }
  const gradual = createGradual(broken());
  const both = await Promise.allSettled([gradual.get(never), gradual.get(never)]);
  expect(both.map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
    'Error: the disk is gone',
    'Error: the disk is gone',
  ]);
});
