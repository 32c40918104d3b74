import { z } from 'zod';

const text = z.string().max(20_000);
const ms = z.number().nonnegative();
const at = z.number().nonnegative();
const bytes = z.number().int().nonnegative();

/** One of the Web Vitals. It can come again for the same `id` (a page shown longer shifts more): the latest value counts. */
export const CapturedVital = z.object({
  /** Of one showing of the page: a return from the back/forward cache has metrics of its own. */
  id: text,
  name: z.enum(['LCP', 'INP', 'CLS', 'FCP', 'TTFB']),
  /** Milliseconds; for CLS the unitless score. */
  value: z.number().nonnegative(),
  /** When it happened (the paint, the interaction, the largest shift), ms since epoch on the page's clock. */
  at,
  /** The element it is about: what was painted, used or shifted. */
  selector: text.optional(),
});
export type CapturedVital = z.infer<typeof CapturedVital>;

/** A script that ran in a long animation frame. */
export const CapturedScript = z.object({
  durationMs: ms,
  /** What called it: `BUTTON#pay.onclick`, `TimerHandler:setTimeout`, `Response.json.then`. */
  invoker: text.optional(),
  /** Address of its file, masked. */
  source: text.optional(),
  function: text.optional(),
  /** Time in forced style and layout. */
  layoutMs: ms.optional(),
});
export type CapturedScript = z.infer<typeof CapturedScript>;

/** A stretch in which the page's main thread was busy: a long task, or a long animation frame where the browser has them. */
export const CapturedTask = z.object({
  kind: z.enum(['task', 'frame']),
  at,
  durationMs: ms,
  /** How much of it kept the person from being answered (beyond 50 ms a task). */
  blockingMs: ms,
  /** The longest scripts of it, at most 5. */
  scripts: z.array(CapturedScript).max(5).optional(),
});
export type CapturedTask = z.infer<typeof CapturedTask>;

/** An interaction that took long to show its next paint (Event Timing). */
export const CapturedInteraction = z.object({
  /** The browser's name of the slowest of its events: `pointerup`, `keydown`, `click`. */
  type: text,
  at,
  /** From the act to the next paint, in steps of 8 ms. */
  durationMs: ms,
  /** Until the first handler ran: the thread was busy with something else. */
  delayMs: ms,
  /** In the handlers. */
  processingMs: ms,
  action: z.number().int().positive().optional(),
  selector: text.optional(),
});
export type CapturedInteraction = z.infer<typeof CapturedInteraction>;

/**
 * What the browser measured of one request (Resource Timing), told apart only where exactly one request can be meant.
 * Without `Timing-Allow-Origin` another origin shows no parts: then only `totalMs` is there.
 */
export const CapturedTiming = z.object({
  /** The request's id. */
  id: text,
  at,
  totalMs: ms,
  redirectMs: ms.optional(),
  /** In a service worker before the network was asked. */
  workerMs: ms.optional(),
  /** Waiting for a free connection. */
  queueMs: ms.optional(),
  dnsMs: ms.optional(),
  /** Including `tlsMs`. */
  connectMs: ms.optional(),
  tlsMs: ms.optional(),
  /** From the request to the first byte of its answer. */
  waitMs: ms.optional(),
  downloadMs: ms.optional(),
  protocol: text.optional(),
  /** Over the network, head included; 0 from a cache. */
  transferBytes: bytes.optional(),
  encodedBytes: bytes.optional(),
  decodedBytes: bytes.optional(),
  cached: z.boolean().optional(),
  /** A service worker answered. */
  worker: z.boolean().optional(),
});
export type CapturedTiming = z.infer<typeof CapturedTiming>;
