import { z } from 'zod';
import { SessionId } from '../model/identity.ts';
import { BATCH_VERSION } from './batch.ts';

/** What a page is made of that its events only name: pictures, fonts, style sheets. Nothing that runs. */
export const AssetType = z.enum([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/svg+xml',
  'image/x-icon',
  'font/woff2',
  'font/woff',
  'font/ttf',
  'font/otf',
  'text/css',
]);
export type AssetType = z.infer<typeof AssetType>;

/** Name of an asset: the SHA-256 of its bytes, hex. */
export const AssetHash = z.string().regex(/^[0-9a-f]{64}$/);

/** Assets one session may name. */
export const MAX_SESSION_ASSETS = 1000;

/** Query of `PUT /v1/assets/<sha256>`: which session needs it, so that it goes with the last one that does. */
export const AssetHead = z.object({
  v: z.coerce.number().int().min(BATCH_VERSION).max(BATCH_VERSION),
  key: z.string().min(1).max(128),
  session: SessionId,
});
export type AssetHead = z.infer<typeof AssetHead>;

/** Answer of `PUT /v1/assets/<sha256>`, once it is on the disk; `duplicate` when the project had these bytes. */
export const AssetReceipt = z.object({ sha256: AssetHash, duplicate: z.boolean() });
export type AssetReceipt = z.infer<typeof AssetReceipt>;
