import { firstAfter } from '../lib/ordering.ts';
import type { GenerationRecord } from './recording.ts';

/** When the person did something in one generation, and to which node. */
export interface Acts {
  /** All times at which the person acted, keystrokes too; sorted. */
  readonly times: readonly number[];
  /** When, after `at`, the person turned to another node than `node`; undefined when they did not. */
  nextElsewhere(at: number, node: number): number | undefined;
  /** When the person acted next after `at`, anywhere. */
  next(at: number): number | undefined;
}

/** How soon a form is submitted by the click or key before it: browsers do it in the same task. */
const SAME_TASK_MS = 50;

/** For each submit the click or key that made it, as recorded action ids of one generation. */
export function submitCauses(generation: GenerationRecord): Map<number, number> {
  const causes = new Map<number, number>();
  let last: { at: number; id: number } | undefined;
  for (const { at, value } of generation.captured.action) {
    if (value.kind !== 'submit') last = { at, id: value.id };
    else if (last && at - last.at <= SAME_TASK_MS) causes.set(value.id, last.id);
  }
  return causes;
}

/** Reads the acts of a generation: our SDK's, otherwise rrweb's clicks and inputs. */
export function readActs(generation: GenerationRecord): Acts {
  const acts = actsOf(generation);
  // For each act the index of the next one on another node, so that a question never walks a long run of clicks.
  const nextOther: number[] = new Array(acts.length).fill(acts.length);
  for (let i = acts.length - 2; i >= 0; i -= 1) {
    nextOther[i] = acts[i + 1]?.node === acts[i]?.node ? (nextOther[i + 1] ?? acts.length) : i + 1;
  }
  return {
    // One recorded input stands for a run of typing: rrweb knows each keystroke.
    times: [...acts, ...generation.inputs].map(({ at }) => at).sort((a, b) => a - b),
    next: (at) => acts[firstAfter(acts, at)]?.at,
    nextElsewhere(at, node) {
      const next = firstAfter(acts, at);
      const act = acts[next];
      if (!act || act.node !== node) return act?.at;
      return acts[nextOther[next] ?? acts.length]?.at;
    },
  };
}

function actsOf({ own, captured, clicks, inputs }: GenerationRecord): { at: number; node: number }[] {
  // A submit follows the click or key that made it: the person has not turned elsewhere.
  if (own)
    return captured.action
      .filter(({ value }) => value.kind !== 'submit')
      .map(({ at, value }) => ({ at, node: value.target.node }));
  return [
    ...clicks.map(({ at, value }) => ({ at, node: value.element?.node ?? -1 })),
    ...inputs.map(({ at, value }) => ({ at, node: value?.node ?? -1 })),
  ].sort((a, b) => a.at - b.at);
}
