import { z } from 'zod';
import { AppError } from '../../../shared/lib/app-error.ts';
import { Annotation } from '../../../shared/wire/annotation.ts';
import { AssetType } from '../../../shared/wire/asset.ts';
import { ErasureReason } from '../../../shared/wire/change.ts';
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
  country: z.string().optional(),
  region: z.string().nullable().optional(),
});

/** What a journal says about the batch it holds: everything the index knows comes from here. */
export type BatchMeta = z.infer<typeof BatchMeta>;

const TombstoneMeta = z.object({
  kind: z.literal('erased'),
  project: z.string(),
  session: z.string(),
  reason: ErasureReason,
  at: z.number().int(),
});

/** Says that a session was erased; everything of it before this record is to be gone. Has no body. */
export type TombstoneMeta = z.infer<typeof TombstoneMeta>;

const AnnotationMeta = z.object({
  kind: z.literal('annotation'),
  project: z.string(),
  by: z.string(),
  receivedAt: z.number().int(),
  annotation: Annotation,
});

/** One annotation that was the latest of its item when it came. Has no body. */
export type AnnotationMeta = z.infer<typeof AnnotationMeta>;

const AssetMeta = z.object({
  kind: z.literal('asset'),
  project: z.string(),
  sha256: z.string(),
  type: AssetType,
});

/** Bytes that sessions of a project name; kept once, as the body. */
export type AssetMeta = z.infer<typeof AssetMeta>;

const AssetUseMeta = z.object({
  kind: z.literal('asset-use'),
  project: z.string(),
  session: z.string(),
  sha256: z.string(),
});

/** A session names an asset. Has no body. */
export type AssetUseMeta = z.infer<typeof AssetUseMeta>;

/** Fills the place of records that were erased. Its body is zeros. */
export const VOID_META = '{"kind":"void"}';

const RecordMeta = z.discriminatedUnion('kind', [
  BatchMeta,
  TombstoneMeta,
  AnnotationMeta,
  AssetMeta,
  AssetUseMeta,
  z.object({ kind: z.literal('void') }),
]);

/** Any record of a journal. */
export type RecordMeta = z.infer<typeof RecordMeta>;

/** The journal's description of a batch. */
export const batchMeta = ({ body: _, ...batch }: NewBatch): BatchMeta => ({ kind: 'batch', ...batch });

/** @throws AppError `unsupported` for a description made by a newer version. */
export function parseRecordMeta(text: string): RecordMeta {
  const parsed = RecordMeta.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new AppError(
    'unsupported',
    'The journal holds records of a newer version. Install the newer server to open it.',
  );
}
