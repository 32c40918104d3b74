import { z } from 'zod';

/** What a storage said to whoever asked it; `erasing` only that it was asked to. */
export const Promised = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('batch'),
    session: z.string(),
    first: z.number(),
    count: z.number(),
    sha256: z.string(),
  }),
  z.object({ kind: z.literal('erasing'), session: z.string() }),
  z.object({ kind: z.literal('erased'), session: z.string() }),
  z.object({ kind: z.literal('key'), hash: z.string() }),
]);
export type Promised = z.infer<typeof Promised>;
