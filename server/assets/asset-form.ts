import type { AssetType } from '../../shared/wire/asset.ts';

type Signature = readonly [offset: number, bytes: string];

/** How files of a type begin, in Latin-1, by the formats' specifications; text has no signature. */
const SIGNATURES: Readonly<Record<AssetType, readonly Signature[]>> = {
  'image/png': [[0, '\x89PNG\r\n\x1a\n']],
  'image/jpeg': [[0, '\xff\xd8\xff']],
  'image/gif': [
    [0, 'GIF87a'],
    [0, 'GIF89a'],
  ],
  'image/webp': [[8, 'WEBP']],
  'image/avif': [
    [4, 'ftypavif'],
    [4, 'ftypavis'],
  ],
  'image/x-icon': [[0, '\0\0\x01\0']],
  'font/woff2': [[0, 'wOF2']],
  'font/woff': [[0, 'wOFF']],
  'font/ttf': [
    [0, '\0\x01\0\0'],
    [0, 'true'],
  ],
  'font/otf': [[0, 'OTTO']],
  'image/svg+xml': [],
  'text/css': [],
};

/** Whether a type is text, which may hold anything a person wrote. */
export const isTextType = (type: AssetType): boolean => SIGNATURES[type].length === 0;

/** Whether bytes begin as their type does; of text, that it is text. */
export function hasForm(type: AssetType, bytes: Buffer): boolean {
  if (isTextType(type)) return !bytes.includes(0);
  return SIGNATURES[type].some(([offset, text]) => bytes.toString('latin1', offset, offset + text.length) === text);
}
