import { MAX_EVENT_DEPTH } from '../../../shared/formats/rrweb/chunk-events.ts';

/** Caps of one imported file. Reading stops at the first that is met; what was read before it is kept. */
export const IMPORT_LIMITS = {
  /** Beyond this nobody records a session; it keeps `/dev/zero`-like files from filling the disk. */
  maxFileBytes: 4 * 1024 ** 3,
  /** Of text after inflating. */
  maxTextBytes: 2 * 1024 ** 3,
  /** A stream may always inflate to this much ... */
  freeInflatedBytes: 64 * 1024 ** 2,
  /** ... and beyond it only to this many times its size: recordings shrink 10 to 60 times, a bomb 1,000 times. */
  maxRatio: 300,
  maxEvents: 5_000_000,
  /** UTF-16 units of one event. V8 parses up to 512 M; a page of that size plays nowhere. */
  maxEventChars: 64 * 1024 ** 2,
  maxEventDepth: MAX_EVENT_DEPTH,
  /** Bytes read from the file at once. */
  pieceBytes: 256 * 1024,
} as const;

/** Caps of an evidence file. */
export const EVIDENCE_LIMITS = {
  maxEntries: 1_000_000,
  maxEntryBytes: 256 * 1024 ** 2,
  /** An archive may always inflate to this much ... */
  freeInflatedBytes: 64 * 1024 ** 2,
  /** ... and beyond it only to this many times its size: chunks are packed already, only facts and diagnosis shrink. */
  maxRatio: 100,
} as const;
