import { z } from 'zod';
import { FaultClass } from './finding.ts';
import { SessionState } from './session.ts';

/** What a session can be asked to have; each that is chosen must hold. */
export const SessionTrait = z.enum(['errors', 'failed-requests', 'frustration', 'notes', 'tags', 'pinned']);
export type SessionTrait = z.infer<typeof SessionTrait>;

/** The verdict of a session's first finding; `none` before the first diagnosis. */
export const SessionVerdict = z.enum(['confirmed', 'likely', 'inconclusive', 'nothing-wrong', 'none']);
export type SessionVerdict = z.infer<typeof SessionVerdict>;

const texts = z.array(z.string().max(500)).max(200).default([]);

/**
 * Which sessions are wanted. An empty list asks for nothing; of a list with several values any may hold, except of `has`,
 * where all must; all lists together must hold. The empty text stands for "not known".
 */
export const SessionFilter = z.object({
  /** `demo`, `file` (any imported file) or `server:<id>`. */
  source: texts,
  release: texts,
  verdict: z.array(SessionVerdict).max(10).default([]),
  fault: z
    .array(z.union([FaultClass, z.literal('')]))
    .max(50)
    .default([]),
  browser: texts,
  state: z.array(SessionState).max(5).default([]),
  tag: texts,
  has: z.array(SessionTrait).max(10).default([]),
  /** Started at or after, and before; ms since epoch, null for no bound. */
  from: z.number().nullable().default(null),
  to: z.number().nullable().default(null),
});
export type SessionFilter = z.infer<typeof SessionFilter>;

/** The lists of a filter whose values are counted beside it. */
export const FACETS = ['source', 'release', 'verdict', 'fault', 'browser', 'state', 'tag', 'has'] as const;
export type Facet = (typeof FACETS)[number];

/** Asks for everything. */
export const NO_FILTER: SessionFilter = SessionFilter.parse({});

/** Whether a filter asks for everything. */
export const isNoFilter = (filter: SessionFilter): boolean =>
  filter.from === null && filter.to === null && FACETS.every((facet) => filter[facet].length === 0);
