import { z } from 'zod';

/**
 * What our SDKs record beside rrweb's DOM events. Each rides in an rrweb plugin event:
 * `{ type: 6, timestamp, data: { plugin: CAPTURED.console, payload: CapturedConsole } }`.
 * The version is part of the name; a reader ignores names it does not know. A payload may gain optional fields; a new
 * value of an enum would make older readers refuse the payload, so it needs a new name.
 */
export const CAPTURED = {
  session: 'traceflow/session@1',
  navigation: 'traceflow/navigation@1',
  action: 'traceflow/action@1',
  effect: 'traceflow/effect@1',
  cause: 'traceflow/cause@1',
  request: 'traceflow/request@1',
  timing: 'traceflow/timing@1',
  stream: 'traceflow/stream@1',
  console: 'traceflow/console@1',
  error: 'traceflow/error@1',
  violation: 'traceflow/violation@1',
  vital: 'traceflow/vital@1',
  task: 'traceflow/task@1',
  interaction: 'traceflow/interaction@1',
  form: 'traceflow/form@1',
  state: 'traceflow/state@1',
  track: 'traceflow/track@1',
  omission: 'traceflow/omission@1',
} as const;

const text = z.string().max(20_000);
const ms = z.number().nonnegative();

/** First event of each generation: what the page, browser and release are. */
export const CapturedSession = z.object({
  sdk: text,
  url: text,
  referrer: text.optional(),
  title: text.optional(),
  release: text.optional(),
  user: z.object({ id: text, name: text.optional() }).optional(),
  userAgent: text,
  language: text.optional(),
  timeZone: text.optional(),
  screen: z.object({ width: z.number(), height: z.number() }).optional(),
});
export type CapturedSession = z.infer<typeof CapturedSession>;

/**
 * A change of the address, whether or not a document was loaded. URL query values are masked (`q=~1f3a`). `leave` is the
 * end of a page: how long a person waited for an answer that never came is not known without it.
 */
export const CapturedNavigation = z.object({
  kind: z.enum(['load', 'push', 'replace', 'hash', 'pop', 'leave']),
  url: text,
  title: text.optional(),
  /** `load` only: how the browser came to load it. */
  type: z.enum(['navigate', 'reload', 'back_forward', 'prerender']).optional(),
  /** `leave`: the page went into the back/forward cache; `pop`: it came back from there as it was. */
  cached: z.boolean().optional(),
});
export type CapturedNavigation = z.infer<typeof CapturedNavigation>;

/** An element as recorded at one moment. `node` is its rrweb node id, -1 when rrweb did not know it. */
export const CapturedElement = z.object({
  node: z.number().int(),
  /** A short stable CSS selector: id or data-testid where there is one. */
  selector: text,
  tag: text,
  /** What a person would call it (accessible name or static text), masked where the privacy rules say so. */
  label: text.optional(),
  role: text.optional(),
  /** Whether a person would expect something to happen on a click: links, buttons, inputs, click handlers by attribute. */
  interactive: z.boolean(),
  disabled: z.boolean().optional(),
});
export type CapturedElement = z.infer<typeof CapturedElement>;

/** A deliberate act of the person. `id` counts from 1 within a generation; requests, errors and effects point back to it. */
export const CapturedAction = z.object({
  id: z.number().int().positive(),
  kind: z.enum(['click', 'input', 'submit', 'key']),
  target: CapturedElement,
  x: z.number().optional(),
  y: z.number().optional(),
  /** Clicks only: what lay under the pointer, topmost first, at most 6. `under[0]` received the click. */
  under: z.array(CapturedElement).max(6).optional(),
  /** Key actions: the key's name (never a character typed into a field). */
  key: text.optional(),
});
export type CapturedAction = z.infer<typeof CapturedAction>;

/** What carried a cause from the task it began in to a later one. */
export const CapturedTimer = z.object({
  kind: z.enum(['timeout', 'interval', 'frame', 'idle', 'message']),
  delayMs: ms.optional(),
});
export type CapturedTimer = z.infer<typeof CapturedTimer>;

/** What code ran because of: an action, an answer (or message of a stream) that was being used, or both. */
const CauseFields = {
  action: z.number().int().positive().optional(),
  request: text.optional(),
  stream: text.optional(),
  timer: CapturedTimer.optional(),
};

/**
 * What the changes of the document recorded after it were made by, until the next one says otherwise. Several when one
 * update has parts of each; an empty one among them stands for parts of which nothing is known; none for nothing at all.
 */
export const CapturedCause = z.object({ causes: z.array(z.object(CauseFields)).max(6) });
export type CapturedCause = z.infer<typeof CapturedCause>;

/** An element that changed, and how. */
export const CapturedChange = z.object({
  node: z.number().int(),
  selector: text,
  what: z.array(z.enum(['children', 'text', 'attribute'])).max(3),
});
export type CapturedChange = z.infer<typeof CapturedChange>;

/** What changed after a click: sent once, when something visible changed or `observedMs` had passed. */
export const CapturedEffect = z.object({
  action: z.number().int().positive(),
  observedMs: ms,
  /** DOM mutation records seen, without those under elements that change by themselves all the time. */
  mutations: z.number().int().nonnegative(),
  firstMutationMs: ms.nullable(),
  /** Ids of requests that the action started. */
  requests: z.array(text).max(50),
  navigated: z.boolean(),
  scrolled: z.boolean(),
  focusMoved: z.boolean(),
  /** Of `mutations` those made by code that the click led to. */
  caused: z.number().int().nonnegative().optional(),
  /** Where, in order of the first change; those the click led to first. */
  changed: z.array(CapturedChange).max(6).optional(),
});
export type CapturedEffect = z.infer<typeof CapturedEffect>;

/**
 * One step in the life of one request; several events share an `id` (unique in the generation).
 * sent -> received (headers) -> consumed (body read by the page), or failed at any point.
 */
export const CapturedRequest = z.object({
  id: text,
  phase: z.enum(['sent', 'received', 'consumed', 'failed']),
  kind: z.enum(['fetch', 'xhr', 'beacon']),
  method: text,
  /** Query values are replaced by a short hash (`q=~1f3a`) so that equal stays equal and nothing personal is kept. */
  url: text,
  /** Order of sending within the generation, from 1. */
  order: z.number().int().positive(),
  /** The action that started it, as far as that is a fact (same task or a continuation of it). */
  action: z.number().int().positive().optional(),
  /** `sent` only: the request whose answer was being used when this one was sent. */
  after: text.optional(),
  /** `sent` only: what carried the cause to it. */
  timer: CapturedTimer.optional(),
  status: z.number().int().optional(),
  durationMs: ms.optional(),
  requestBytes: z.number().int().optional(),
  responseBytes: z.number().int().optional(),
  contentType: text.optional(),
  /** Keys and types of a JSON body, never its values: `{items:[{id:number,name:string}],total:number}`. */
  shape: text.optional(),
  /** `failed` only: `network`, `aborted`, `timeout`, or `parse` (a body that was not what the page asked for). */
  failure: z.enum(['network', 'aborted', 'timeout', 'parse']).optional(),
  traceId: text.optional(),
  /** `sent`: of the request; `received`: of the answer. Only names that were allowed, in lower case. */
  headers: z.record(text, text).optional(),
  /** `sent` and `consumed`, only for addresses the page opted in: the body, redacted and cut. */
  body: text.optional(),
});
export type CapturedRequest = z.infer<typeof CapturedRequest>;

export const CapturedConsole = z.object({
  level: z.enum(['debug', 'log', 'info', 'warn', 'error']),
  /** Arguments as short readable text, one each. */
  args: z.array(text).max(20),
  stack: text.optional(),
  ...CauseFields,
});
export type CapturedConsole = z.infer<typeof CapturedConsole>;

export const CapturedError = z.object({
  kind: z.enum(['error', 'rejection', 'resource']),
  name: text.optional(),
  message: text,
  stack: text.optional(),
  source: text.optional(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
  /** `request`: the one whose answer was being used when this was thrown. */
  ...CauseFields,
  /** `resource` only: the status of the answer. */
  status: z.number().int().optional(),
  /** The page caught it and told the SDK. */
  handled: z.boolean().optional(),
});
export type CapturedError = z.infer<typeof CapturedError>;
