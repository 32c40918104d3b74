import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../shared/analysis/index.ts';
import { deriveSession } from '../../../shared/facts/index.ts';
import { GenerationId } from '../../../shared/model/identity.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import { SessionBuilder, STARTED_AT } from '../../support/session-builder.ts';

/** A busy session: one click on the same button after the other, each with a failing or slow request, an error and a change. */
function busy(rounds: number): SessionBuilder {
  const session = new SessionBuilder();
  const pay = session.button('Pay');
  for (let i = 0; i < rounds; i += 1) {
    const at = 1000 + i * 400;
    const action = session.click(at, pay, { noEffect: true });
    const request = session.request(at + 1, `https://shop.test/api/orders?q=~${i % 7}`, {
      ...{ action, status: i % 3 === 0 ? 500 : 200, answerMs: i % 5 === 0 ? 4000 : 40, shape: `{a${i % 9}:number}` },
    });
    session.error(at + 60, { message: `x${i % 11} is undefined`, action, request });
    session.change(at + 70);
  }
  return session.end(1000 + rounds * 400 + 5000);
}

/** How often anything of the items is read while `work` runs. */
function reads<T extends object>(items: readonly T[], work: (watched: readonly T[]) => unknown): number {
  let count = 0;
  const get = (target: object, key: PropertyKey): unknown => {
    count += 1;
    return Reflect.get(target, key);
  };
  work(items.map((item) => new Proxy(item, { get }) as T));
  return count;
}

const span = (signals: readonly Signal[]) => ({
  startedAt: STARTED_AT,
  endedAt: (signals.at(-1)?.at ?? STARTED_AT) + 5000,
});

/** Signals of so many busy page loads, one after the other. */
function manyLoads(loads: number, rounds: number): Signal[] {
  const { signals } = deriveSession(busy(rounds).events());
  const lengthMs = rounds * 400 + 10_000;
  return Array.from({ length: loads }, (_, load) =>
    signals.map(
      (signal): Signal => ({
        ...signal,
        id: `s${load * signals.length + Number(signal.id.slice(1))}`,
        at: signal.at + load * lengthMs,
        ...(signal.endAt === undefined ? {} : { endAt: signal.endAt + load * lengthMs }),
        events: signal.events.map(({ seq }) => ({ generation: GenerationId.parse(`g${load}`), seq })),
      }),
    ),
  ).flat();
}

const diagnosing = (signals: readonly Signal[]) =>
  reads(signals, (watched) => diagnose({ signals: watched, ...span(signals) }));

describe('work grows with n log n', () => {
  test('of facts', () => {
    const [small, large] = [300, 1200].map((rounds) => reads(busy(rounds).events(), deriveSession));
    expect((large ?? 0) / (small ?? 1)).toBeLessThan(5.5);
  });

  test('of a diagnosis: one long run of trouble, and many short ones', () => {
    expect(diagnosing(manyLoads(1, 1200)) / diagnosing(manyLoads(1, 300))).toBeLessThan(5.5);
    expect(diagnosing(manyLoads(24, 50)) / diagnosing(manyLoads(6, 50))).toBeLessThan(5.5);
  });

  test('100,000 signals are diagnosed', { timeout: 120_000 }, () => {
    const signals = manyLoads(167, 200);
    expect(signals.length).toBeGreaterThan(100_000);
    expect(diagnose({ signals, ...span(signals) }).outcome).toBe('fault-found');
  });
});
