import { z } from 'zod';
import { GenerationId } from './identity.ts';

const nodeId = z.number().int();

/** One line of the recorded page as a tree to read. */
export const OutlineRow = z.object({
  id: nodeId,
  /** Levels below the document, from 0. */
  depth: z.number().int().nonnegative(),
  kind: z.enum(['document', 'doctype', 'element', 'text', 'comment']),
  /** Empty unless an element. */
  tag: z.string(),
  /** As recorded, in the order they were set. */
  attributes: z.array(z.tuple([z.string(), z.string()])).readonly(),
  /** Text of a text, comment or doctype; of an element the one text that is all it holds. */
  text: z.string(),
  /** Belongs to its parent's shadow root. */
  shadow: z.boolean(),
  /** What the person last entered into it; null for what is no field, or was left alone. */
  input: z.string().nullable(),
  expandable: z.boolean(),
  open: z.boolean(),
});
export type OutlineRow = z.infer<typeof OutlineRow>;

/** The way from the document to a node, which is its last step; each with whether it is open when nobody touched it. */
export const OutlinePath = z.array(z.object({ id: nodeId, byDefault: z.boolean() })).readonly();
export type OutlinePath = z.infer<typeof OutlinePath>;

/** What an rrweb event is, in a word; the incremental ones by their source. Plugin events have their plugin's own name. */
export const EventKind = z.string().max(200);

/** One recorded event in the list of all of them. */
export const EventRow = z.object({
  generation: GenerationId,
  seq: z.number().int().nonnegative(),
  window: z.string(),
  /** Ms from the start of the session. */
  atMs: z.number(),
  kind: EventKind,
  /** Characters of its JSON. */
  size: z.number().int().nonnegative(),
});
export type EventRow = z.infer<typeof EventRow>;
