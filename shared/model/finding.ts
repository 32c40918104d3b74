import { z } from 'zod';
import { EventRef } from './identity.ts';

/** How sure a finding is. `confirmed`: every required link is a recorded fact; `likely`: at least one rests on time or likeness. */
export const Verdict = z.enum(['confirmed', 'likely', 'inconclusive']);
export type Verdict = z.infer<typeof Verdict>;

/** The closed list of causes that can be named; `unknown` is an honest answer. */
export const FaultClass = z.enum([
  'server-error-swallowed',
  'server-error',
  'response-shape-change',
  'overlay-blocks-click',
  'stale-response-race',
  'slow-without-feedback',
  'script-error',
  'dead-control',
  'unknown',
]);
export type FaultClass = z.infer<typeof FaultClass>;

/** How one link follows from the one before it, and how much that is worth (identity 1, token .9, stack .8, key .6, time .1-.4). */
export const ChainEdge = z.object({ rule: z.string(), strength: z.number().min(0).max(1), why: z.string() });
export type ChainEdge = z.infer<typeof ChainEdge>;

/** One link of the causal chain; a click on it seeks to `at`. */
export const ChainLink = z.object({
  role: z.enum(['action', 'request', 'backend', 'response', 'error', 'effect', 'reaction']),
  at: z.number(),
  text: z.string(),
  /** The signals it stands on; empty only for an absence (`no visible effect`). */
  signals: z.array(z.string()),
  events: z.array(EventRef),
  /** rrweb node to outline in the replay. */
  node: z.number().int().optional(),
  /** Absent on the first link. */
  edge: ChainEdge.optional(),
});
export type ChainLink = z.infer<typeof ChainLink>;

export const Finding = z.object({
  id: z.string(),
  fault: FaultClass,
  /** Names the cause, the same in every session that met it; what it holds is only for comparing. */
  fingerprint: z.string(),
  verdict: Verdict,
  /** One sentence naming the failing request or element. */
  title: z.string(),
  chain: z.array(ChainLink).min(1),
  /** What speaks against it, each with the signals that say so. */
  against: z.array(z.object({ text: z.string(), signals: z.array(z.string()) })),
  /** What would have to be recorded to be surer. */
  missing: z.array(z.string()),
  /** For ordering only; larger is stronger. */
  score: z.number(),
});
export type Finding = z.infer<typeof Finding>;

/** A moment of frustration found by a named, versioned detector. */
export const Frustration = z.object({
  /** `rage-click@1`, `dead-click@1`, `error-click@1`. */
  detector: z.string(),
  kind: z.enum(['rage-click', 'dead-click', 'error-click']),
  at: z.number(),
  endAt: z.number(),
  text: z.string(),
  page: z.string(),
  signals: z.array(z.string()).min(1),
  node: z.number().int().optional(),
});
export type Frustration = z.infer<typeof Frustration>;

/** The complete local answer for one session, made without a model. */
export const Diagnosis = z.object({
  /** Version of the analysis code that made it. */
  version: z.number().int().positive(),
  outcome: z.enum(['fault-found', 'nothing-wrong']),
  /** One line, for instance `confirmed  click "Pay" -> POST /api/orders 500 -> no effect -> 4 rage clicks`. */
  summary: z.string(),
  /** Best first. */
  findings: z.array(Finding),
  frustrations: z.array(Frustration),
});
export type Diagnosis = z.infer<typeof Diagnosis>;
