import { z } from 'zod';
import { CapturedElement } from './captured.ts';

const text = z.string().max(20_000);
const ms = z.number().nonnegative();
const count = z.number().int().nonnegative();
const id = z.number().int().positive();

/** One step in the life of a WebSocket or EventSource; several events share an `id`. Messages are counted, never read. */
export const CapturedStream = z.object({
  id: text,
  kind: z.enum(['websocket', 'eventsource']),
  phase: z.enum(['connecting', 'open', 'traffic', 'error', 'closed']),
  url: text,
  action: id.optional(),
  /** Totals so far. */
  sent: count.optional(),
  sentBytes: count.optional(),
  received: count.optional(),
  receivedBytes: count.optional(),
  /** `closed` only: the WebSocket close code, and whether both sides agreed. */
  code: z.number().int().optional(),
  clean: z.boolean().optional(),
});
export type CapturedStream = z.infer<typeof CapturedStream>;

/** Something the page's Content Security Policy kept from happening. */
export const CapturedViolation = z.object({
  /** The directive that forbade it: `img-src`. */
  directive: text,
  /** Masked address, or `inline`, `eval` and the like. */
  blocked: text,
  disposition: z.enum(['enforce', 'report']),
  source: text.optional(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
});
export type CapturedViolation = z.infer<typeof CapturedViolation>;

/** How a person dealt with one field of a form. Never what was entered, nor how long it is. */
export const CapturedField = z.object({
  field: CapturedElement,
  /** `email`, `select-one`, `textarea`: the type of the control. */
  type: text,
  /** Order of the first visit, from 1. */
  order: id,
  visits: count,
  /** With the focus in it. */
  focusMs: ms,
  edits: count,
  /** Edited again after it had been filled and left, or emptied and filled again. */
  refills: count,
  filled: z.boolean(),
  /** The browser called its content invalid when the person left it or submitted. */
  invalid: z.boolean().optional(),
  /** Filled by the browser or a password manager, not by typing. */
  autofilled: z.boolean().optional(),
});

/** One person's work on one form, told once, at its end. */
export const CapturedForm = z.object({
  form: CapturedElement,
  outcome: z.enum(['submitted', 'abandoned', 'reset']),
  /** From the first focus to the end. */
  durationMs: ms,
  /** In order of the first visit. */
  fields: z.array(CapturedField).max(100),
  /** The submit. */
  action: id.optional(),
});
export type CapturedForm = z.infer<typeof CapturedForm>;

/** What surrounds the page: it changed, or it failed. */
export const CapturedState = z.object({
  aspect: z.enum(['visibility', 'connection', 'storage', 'worker', 'clock']),
  /** In a word: `hidden`, `offline`, `quota`, `activated`, `slept`. */
  value: text,
  /** More about it: the storage that failed, the address of the worker, the kind of connection. */
  detail: text.optional(),
  /** How long the state before it lasted, as far as it is known. */
  durationMs: ms.optional(),
  action: id.optional(),
});
export type CapturedState = z.infer<typeof CapturedState>;

/** What the page itself says: something happened, a property of the visit, or which variant of a feature was shown. */
export const CapturedTrack = z.object({
  kind: z.enum(['event', 'tag', 'flag']),
  name: text,
  /** Tags and flags. */
  value: z.union([text, z.number(), z.boolean(), z.null()]).optional(),
  /** Events. */
  data: z.record(text, z.union([text, z.number(), z.boolean(), z.null()])).optional(),
  action: id.optional(),
});
export type CapturedTrack = z.infer<typeof CapturedTrack>;

/** Something was left out on purpose, and why: so that nothing is taken for not having happened. */
export const CapturedOmission = z.object({
  what: z.enum(['everything', 'dom', 'console', 'events']),
  /** In a word: `paused`, `opt-out`, `sampled`, `mutations`, `queue`, `server`. */
  reason: text,
  /** How many records, where they were counted. */
  count: count.optional(),
  /** When it began, ms since epoch on the page's clock; it ended when this was recorded. */
  since: ms.optional(),
});
export type CapturedOmission = z.infer<typeof CapturedOmission>;
