import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../shared/analysis/index.ts';
import { deriveSession } from '../../../shared/facts/index.ts';
import { Diagnosis } from '../../../shared/model/finding.ts';
import { diagnosed, FAULTY, faulty, type ScenarioName } from '../../support/fault-scenarios.ts';

const names = Object.keys(FAULTY) as ScenarioName[];

const SUMMARIES: Readonly<Record<ScenarioName, string>> = {
  'server-error-swallowed': 'confirmed  click "Pay" -> POST /api/orders 500 -> no effect -> 4 rage clicks',
  'server-error': 'likely  click "Pay" -> POST /api/orders 502 -> message shown -> gave up',
  'response-shape-change':
    'confirmed  click "Cart" -> GET /api/cart 200 -> TypeError: Cannot read properties of undefined (reading \'map\') -> nothing rendered -> gave up',
  'overlay-blocks-click': 'confirmed  click "Pay" -> taken by #div-layer -> no effect -> 4 rage clicks',
  'stale-response-race': 'confirmed  type into "Search" -> GET /api/search answered out of order -> older answer shown',
  'slow-without-feedback': 'confirmed  click "Report" -> GET /api/report takes 6.0 s -> no feedback -> 2 more clicks',
  'script-error': 'confirmed  click "Save" -> TypeError: x.save is not a function -> no effect -> 1 more click',
  'dead-control': 'confirmed  click "Save" -> nothing happens -> 4 rage clicks',
};

describe('diagnose', () => {
  test.each(names)('%s in one line', (name) => {
    expect(diagnosed(faulty(name)).summary).toBe(SUMMARIES[name]);
  });

  test.each(names)('%s has a chain in which every link stands on recorded events', (name) => {
    const session = faulty(name);
    const recorded = new Set(session.events().map(({ generation, seq }) => `${generation} ${seq}`));
    const { findings } = Diagnosis.parse(diagnosed(session));
    for (const [index, link] of (findings[0]?.chain ?? []).entries()) {
      expect(link.edge === undefined).toBe(index === 0);
      for (const { generation, seq } of link.events) expect(recorded).toContain(`${generation} ${seq}`);
      if (link.role !== 'reaction') expect(link.signals).not.toEqual([]);
    }
  });

  test('the same signals in any order give the same answer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.infiniteStream(fc.nat()), (name, keys) => {
        const { signals, summary } = deriveSession(faulty(name).events());
        const span = { startedAt: summary.startedAt, endedAt: summary.startedAt + summary.durationMs };
        const order = new Map(signals.map((signal) => [signal.id, keys.next().value ?? 0]));
        const shuffled = signals.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
        expect(diagnose({ signals: shuffled, ...span })).toEqual(diagnose({ signals, ...span }));
      }),
      { numRuns: 40 },
    );
  });

  test('no signals: nothing wrong found', () => {
    expect(diagnose({ signals: [], startedAt: 0, endedAt: 0 })).toMatchObject({
      outcome: 'nothing-wrong',
      summary: 'nothing wrong found',
    });
  });
});
