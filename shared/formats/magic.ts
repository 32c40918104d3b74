/** How the bytes of a text file are to be read. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** What a file is by its first bytes; names and endings are never asked. */
export type Sniffed =
  | { readonly kind: 'empty' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'zip' }
  | { readonly kind: 'json'; readonly encoding: TextEncoding }
  /** Something that is recognised or at least not ours; `what` completes "it is ...". */
  | { readonly kind: 'foreign'; readonly what: string };

/** Bytes `sniff` wants to see; fewer are fine when the file is shorter. */
export const SNIFF_BYTES = 512;

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

/** [offset, bytes, what]: signatures from the formats' own specifications. */
const SIGNATURES: readonly (readonly [number, readonly number[], string])[] = [
  [0, ascii('SQLite format 3\0'), 'an SQLite database'],
  [0, [0x89, ...ascii('PNG')], 'a PNG picture'],
  [0, [0xff, 0xd8, 0xff], 'a JPEG picture'],
  [0, ascii('GIF8'), 'a GIF picture'],
  [8, ascii('WEBP'), 'a WebP picture'],
  [0, ascii('%PDF'), 'a PDF document'],
  [4, ascii('ftyp'), 'an MP4 video'],
  [0, [0x1a, 0x45, 0xdf, 0xa3], 'a WebM or Matroska video'],
  [0, [0x28, 0xb5, 0x2f, 0xfd], 'a Zstandard archive'],
  [0, [0xfd, ...ascii('7zXZ')], 'an XZ archive'],
  [0, [...ascii('7z'), 0xbc, 0xaf], 'a 7z archive'],
  [0, ascii('BZh'), 'a bzip2 archive'],
  [0, [0x7f, ...ascii('ELF')], 'a program'],
  [257, ascii('ustar'), 'a tar archive'],
];

const startsWith = (head: Uint8Array, offset: number, bytes: readonly number[]): boolean =>
  head.length >= offset + bytes.length && bytes.every((byte, index) => head[offset + index] === byte);

/** Recognises a file by its first `SNIFF_BYTES` bytes. */
export function sniff(head: Uint8Array): Sniffed {
  if (head.length === 0) return { kind: 'empty' };
  if (startsWith(head, 0, [0x1f, 0x8b])) return { kind: 'gzip' };
  if (startsWith(head, 0, [...ascii('PK'), 3, 4]) || startsWith(head, 0, [...ascii('PK'), 5, 6]))
    return { kind: 'zip' };
  const known = SIGNATURES.find(([offset, bytes]) => startsWith(head, offset, bytes));
  if (known) return { kind: 'foreign', what: known[2] };
  return sniffText(head, encodingOf(head));
}

/** By byte order mark; without one by where the NUL of an ASCII first letter lies. */
function encodingOf(head: Uint8Array): TextEncoding {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}

function sniffText(head: Uint8Array, encoding: TextEncoding): Sniffed {
  const text = new TextDecoder(encoding).decode(head).trimStart();
  const first = text.charAt(0);
  // A page full of white space says nothing yet about what follows it.
  if (first === '') return head.length < SNIFF_BYTES ? { kind: 'empty' } : { kind: 'json', encoding };
  if (first === '[' || first === '{' || first === '"') return { kind: 'json', encoding };
  if (first === '<') return { kind: 'foreign', what: 'an HTML or XML page' };
  if (/^[\w$.]+\s*\(\s*[[{]/.test(text))
    return { kind: 'foreign', what: 'a script that calls a function (JSONP), not JSON' };
  return { kind: 'foreign', what: 'neither JSON nor any file type we know' };
}
