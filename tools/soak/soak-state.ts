import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { StepOutcome } from './soak-module.ts';

const State = z.object({
  seed: z.number(),
  steps: z.number(),
  elapsedMs: z.number(),
  counts: z.record(z.string(), z.number()),
  failures: z.array(z.object({ step: z.number(), seed: z.number(), text: z.string() })),
});

/** How far a soak has come, over all its runs with one seed. */
export type SoakState = z.infer<typeof State>;

/** Kept in full; more would only say the same again. */
const MAX_FAILURES = 200;

/** Nothing done yet. */
export const emptyState = (seed: number): SoakState => ({ seed, steps: 0, elapsedMs: 0, counts: {}, failures: [] });

/** The state of an earlier run with this seed, or an empty one. */
export const loadState = (file: string, seed: number): SoakState =>
  existsSync(file) ? State.parse(JSON.parse(readFileSync(file, 'utf8'))) : emptyState(seed);

/** Written after every step, in one move: a run that is killed goes on from its last whole step. */
export function saveState(file: string, state: SoakState): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

/** The seed of a step, spread out so that neighbours share nothing (the finaliser of MurmurHash3). */
export function stepSeed(seed: number, index: number): number {
  let mixed = Math.imul(seed ^ (index * 0x9e3779b1), 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The state after one more step. */
export function afterStep(state: SoakState, outcome: StepOutcome, tookMs: number): SoakState {
  const counts = { ...state.counts };
  for (const [name, count] of Object.entries(outcome.counts)) counts[name] = (counts[name] ?? 0) + count;
  const found = (outcome.failures ?? []).map((text) => ({
    step: state.steps,
    seed: stepSeed(state.seed, state.steps),
    text,
  }));
  return {
    seed: state.seed,
    steps: state.steps + 1,
    elapsedMs: state.elapsedMs + tookMs,
    counts,
    failures: [...state.failures, ...found].slice(0, MAX_FAILURES),
  };
}
