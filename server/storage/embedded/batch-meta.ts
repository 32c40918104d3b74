import { z } from 'zod';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { NewBatch } from '../storage.ts';

const BatchMeta = z.object({
  kind: z.literal('batch'),
  project: z.string(),
  session: z.string(),
  window: z.string(),
  generation: z.string(),
  first: z.number().int(),
  count: z.number().int(),
  fromAt: z.number().int(),
  toAt: z.number().int(),
  sentAt: z.number().int(),
  receivedAt: z.number().int(),
});

/** What a journal says about the batch it holds: everything the index knows comes from here. */
export type BatchMeta = z.infer<typeof BatchMeta>;

/** The journal's description of a batch. */
export const batchMeta = ({ body: _, ...batch }: NewBatch): BatchMeta => ({ kind: 'batch', ...batch });

/** @throws AppError `unsupported` for a description made by a newer version. */
export function parseBatchMeta(text: string): BatchMeta {
  const parsed = BatchMeta.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new AppError(
    'unsupported',
    'The journal holds records of a newer version. Install the newer server to open it.',
  );
}
