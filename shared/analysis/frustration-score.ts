import type { Frustration } from '../model/finding.ts';

/**
 * How much a moment of each kind counts. Our own weighting: someone who rages tried at least three times; an error at a
 * click was felt once; a dead click may have been a slip.
 */
const WEIGHTS: Readonly<Record<Frustration['kind'], number>> = { 'rage-click': 3, 'error-click': 2, 'dead-click': 1 };

/** How many moments of each kind there were, without the kinds that did not occur. */
export function countFrustrations(frustrations: readonly Pick<Frustration, 'kind'>[]): Partial<Record<string, number>> {
  const counts: Partial<Record<string, number>> = {};
  for (const { kind } of frustrations) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** One number to sort sessions by: the weights of all moments together, 0 for none. */
export const frustrationScore = (frustrations: readonly Pick<Frustration, 'kind'>[]): number =>
  frustrations.reduce((sum, { kind }) => sum + WEIGHTS[kind], 0);
