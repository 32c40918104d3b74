import { z } from 'zod';
import { EventRef } from './identity.ts';

export const SignalKind = z.enum([
  'page', // a document or SPA address was shown
  'click',
  'input',
  'submit',
  'request',
  'stream', // a WebSocket or EventSource, from connecting to its end
  'console',
  'error',
  'vital', // how the page felt: loading, responding, shifting
  'task', // the page was too busy to answer: long tasks, animation frames, interactions
  'form', // a person's work on one form
  'state', // what surrounds the page: visibility, connection, storage, service worker, clock
  'track', // what the page itself said: events, tags, feature flags
  'backend', // what a backend did for the page: requests, logs, errors, spans
  'omission', // deliberately not recorded, and why
  'gap', // recorded events are missing
]);
export type SignalKind = z.infer<typeof SignalKind>;

/**
 * One indexed thing that happened (a fact): derived from recorded events by `shared/facts`, the same on server and
 * desktop. Times are ms since epoch on the session's corrected clock.
 */
export const Signal = z.object({
  /** Unique and stable within the session for one version of the facts code: `s0`, `s1`, ... in time order. */
  id: z.string(),
  kind: SignalKind,
  at: z.number(),
  /** End of something that lasts (a request); absent while it never ended in the recording. */
  endAt: z.number().optional(),
  severity: z.enum(['info', 'warning', 'error']),
  /** The page it happened on: origin and path, no query. */
  page: z.string(),
  /** One line for people, without the time: `Click "Pay"`, `POST /api/orders -> 500`. */
  text: z.string(),
  window: z.string(),
  /** The recorded events behind it, in order. */
  events: z.array(EventRef).min(1),
  element: z
    .object({ node: z.number().int(), selector: z.string(), label: z.string().optional(), tag: z.string().optional() })
    .optional(),
  /** Kind-specific details; its shape per kind is in `shared/facts/details.ts`. */
  details: z.record(z.string(), z.unknown()),
});
export type Signal = z.infer<typeof Signal>;
