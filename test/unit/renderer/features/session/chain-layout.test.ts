import { describe, expect, it } from 'vitest';
import { layoutChain, weightOf } from '../../../../../renderer/features/session/chain-layout.ts';
import { generatedDiagnosis } from '../../../../support/workbench/generated-evidence.ts';
import { generatedSession } from '../../../../support/workbench/generated-sessions.ts';

describe('layoutChain', () => {
  const row = generatedSession(0);
  const [finding] = generatedDiagnosis(row).findings;
  if (!finding) throw new Error('the generated diagnosis has no finding');

  it('places each link in the session and says how it hangs on the one before', () => {
    const steps = layoutChain(finding, row.startedAt);
    expect(steps.map(({ role, atMs }) => [role, atMs])).toEqual([
      ['action', 9420],
      ['request', 9436],
      ['response', 9871],
      ['effect', 9871],
      ['reaction', 11_900],
    ]);
    expect(steps[0]?.edge).toBeNull();
    expect(steps.slice(1).map(({ edge }) => [edge?.weight, edge?.gapMs])).toEqual([
      ['fact', 16],
      ['fact', 435],
      ['likeness', 0],
      ['time', 2029],
    ]);
    expect(steps.map(({ node }) => node)).toEqual([42, null, null, 42, 42]);
  });
  it('has ids that survive a new analysis and differ between findings', () => {
    const ids = (id: string) => layoutChain({ ...finding, id }, row.startedAt).map((step) => step.id);
    expect(ids('f1')).toEqual(ids('f1'));
    expect(new Set([...ids('f1'), ...ids('f2')]).size).toBe(10);
  });
});

describe('weightOf', () => {
  it.each([
    [1, 'fact'],
    [0.9, 'fact'],
    [0.8, 'fact'],
    [0.6, 'likeness'],
    [0.4, 'time'],
    [0.1, 'time'],
  ])('%d is a %s', (strength, weight) => expect(weightOf(strength)).toBe(weight));
});
