import type { Fact } from '../../facts/details.ts';
import { groupBy } from '../../lib/ordering.ts';
import type { Frustration } from '../../model/finding.ts';
import type { Signal } from '../../model/signal.ts';
import { elementKey } from '../case-file.ts';

/** A moment of frustration out of a run of clicks, in time order. */
export function frustration(
  kind: Frustration['kind'],
  run: readonly Fact<'click'>[],
  text: string,
  others: readonly Pick<Signal, 'id'>[] = [],
): Frustration {
  const first = run[0];
  const node = first?.details.covered?.node ?? first?.element?.node ?? -1;
  return {
    detector: `${kind}@1`,
    kind,
    at: first?.at ?? 0,
    endAt: run.at(-1)?.at ?? 0,
    text,
    page: first?.page ?? '',
    signals: [...new Set([...run, ...others].map(({ id }) => id))],
    ...(node >= 0 ? { node } : {}),
  };
}

/** Clicks in runs: on one element, each soon after the one before. */
export function moments(clicks: readonly Fact<'click'>[], mergeMs: number): Fact<'click'>[][] {
  return [...groupBy(clicks, elementKey).values()].flatMap((onElement) => {
    const runs: Fact<'click'>[][] = [];
    for (const click of onElement) {
      const run = runs.at(-1);
      const last = run?.at(-1);
      if (run && last && click.at - last.at <= mergeMs) run.push(click);
      else runs.push([click]);
    }
    return runs;
  });
}
