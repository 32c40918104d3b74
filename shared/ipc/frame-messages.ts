import { z } from 'zod';

/**
 * What passes between the workbench (trusted) and the replay frame (holds hostile content) over their own port. Both
 * sides parse every message and drop what does not fit. Times are ms from the start of the session.
 */
const atMs = z.number().min(0).max(31_536_000_000);

export const ToFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('seek'), atMs }),
  z.object({ type: z.literal('play') }),
  z.object({ type: z.literal('pause') }),
  /** Stays at the end of a recording that grows; a seek or a pause leaves it. */
  z.object({ type: z.literal('follow'), on: z.boolean() }),
  z.object({ type: z.literal('speed'), speed: z.number().min(0.05).max(64) }),
  z.object({ type: z.literal('skip-inactivity'), on: z.boolean() }),
  /** What is drawn over the page: the way of the pointer behind it, and boxes round what was masked. */
  z.object({ type: z.literal('overlays'), trail: z.boolean(), masks: z.boolean() }),
  /** Outlines a recorded node and scrolls it into view; null takes the outline away. */
  z.object({ type: z.literal('highlight'), node: z.number().int().nullable() }),
]);
export type ToFrame = z.infer<typeof ToFrame>;

export const ToWorkbench = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), durationMs: atMs, events: z.number().int().nonnegative() }),
  /** More of a running session has come. */
  z.object({ type: z.literal('grown'), durationMs: atMs, events: z.number().int().nonnegative() }),
  /** Sent at most once an animation frame, with the time whose page is shown. */
  z.object({ type: z.literal('time'), atMs, playing: z.boolean() }),
  z.object({
    type: z.literal('viewport'),
    width: z.number().min(0).max(100_000),
    height: z.number().min(0).max(100_000),
  }),
  /** Recorded addresses that were not loaded, by kind; counted, never fetched. */
  z.object({
    type: z.literal('blocked'),
    count: z.number().int().nonnegative(),
    urls: z.array(z.string().max(2000)).max(50),
  }),
  /** What could not be used as recorded (left out, replaced or repaired), by reason. Sent once all is read. */
  z.object({
    type: z.literal('repaired'),
    count: z.number().int().nonnegative(),
    reasons: z.array(z.object({ reason: z.string().max(500), count: z.number().int().positive() })).max(50),
  }),
  z.object({ type: z.literal('failed'), reason: z.string().max(1000) }),
]);
export type ToWorkbench = z.infer<typeof ToWorkbench>;
