import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnosed, FAULTY, faulty, healthy, type ScenarioName } from '../../support/fault-scenarios.ts';
import { addNoise, ordinaryNoise } from '../../support/ordinary-noise.ts';

describe('ordinary noise', () => {
  test('is nothing wrong in a healthy session', () => {
    fc.assert(
      fc.property(ordinaryNoise(), (noise) => {
        const { outcome, summary, findings } = diagnosed(addNoise(healthy(), noise));
        expect({ outcome, summary, findings }).toEqual({
          outcome: 'nothing-wrong',
          summary: 'nothing wrong found',
          findings: [],
        });
      }),
      { numRuns: 200 },
    );
  });

  test('that comes just when an answer is used does not spoil that answer as an example', () => {
    const quiet = diagnosed(faulty('response-shape-change')).findings[0];
    const noisy = diagnosed(addNoise(faulty('response-shape-change'), [{ kind: 'image', at: 1042 }])).findings[0];
    expect(noisy?.title).toBe(quiet?.title);
  });

  for (const name of Object.keys(FAULTY) as ScenarioName[]) {
    const quiet = diagnosed(faulty(name)).findings[0];

    test(`does not change the top finding of ${name}`, () => {
      fc.assert(
        fc.property(ordinaryNoise(), (noise) => {
          const top = diagnosed(addNoise(faulty(name), noise)).findings[0];
          expect({ fault: top?.fault, title: top?.title }).toEqual({ fault: name, title: quiet?.title });
        }),
        { numRuns: 60 },
      );
    });
  }
});
