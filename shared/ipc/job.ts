import { z } from 'zod';

/** A long-running piece of work, as the status bar shows it. */
export const Job = z.object({
  id: z.string(),
  kind: z.enum(['import', 'sync', 'export', 'demo', 'diagnose']),
  title: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Units done and in all; `total` is null while it is not known. */
  done: z.number().nonnegative(),
  total: z.number().nonnegative().nullable(),
  /** What the units are: `bytes`, `sessions`, `changes`. */
  unit: z.string(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** What happened, for people: set when it ended. For a failure it names the thing, the reason and the way out. */
  message: z.string().nullable(),
  /** Sessions that came out of it. */
  sessions: z.array(z.string()),
});
export type Job = z.infer<typeof Job>;
