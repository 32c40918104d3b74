import { z } from 'zod';
import { GenerationId, type ProjectId, SessionId, WindowId } from '../model/identity.ts';

/** Version of the batch format: the `v` of every batch. */
export const BATCH_VERSION = 1;

/** Caps of one batch, before and after inflate. */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024;
export const MAX_INFLATED_BATCH_BYTES = 64 * 1024 * 1024;

const count = z.coerce.number().int().nonnegative();
const at = z.coerce.number().int().nonnegative().max(8.64e15);

/**
 * The head of a batch, carried in the query of `POST /v1/batches` (a beacon cannot set headers, and the body stays opaque
 * on the hot path). The body is a JSON array of rrweb events, plain or gzip (told by its first bytes), holding exactly
 * the events `first .. first + count - 1` of the generation.
 */
export const BatchHead = z.object({
  v: z.coerce.number().int().positive(),
  /** The project's public write key. */
  key: z.string().min(1).max(128),
  session: SessionId,
  window: WindowId,
  generation: GenerationId,
  first: count,
  count: z.coerce.number().int().positive().max(100_000),
  /** Time of the first and last event on the page's clock, ms since epoch. */
  from: at,
  to: at,
  /** The page's clock when the batch was sent, for the skew estimate. */
  sent: at,
});
export type BatchHead = z.infer<typeof BatchHead>;

/** Answer to an accepted batch, given only after it is durable. `next` is the first seq the server does not have. */
export const BatchReceipt = z.object({
  generation: GenerationId,
  next: z.number().int().nonnegative(),
  duplicate: z.boolean(),
});
export type BatchReceipt = z.infer<typeof BatchReceipt>;

/** The body of every answer that is not 2xx. */
export const Problem = z.object({ code: z.string(), message: z.string() });
export type Problem = z.infer<typeof Problem>;

export type { GenerationId, ProjectId, SessionId, WindowId };
