import { z } from 'zod';
import { SessionId } from '../model/identity.ts';
import { MAX_MARKS, NoteAt, NoteId, NoteText, TagName } from '../model/marks.ts';

/** Annotations one session may have on a server, deleted ones included. */
export const MAX_ANNOTATIONS = 2 * MAX_MARKS;

/** Which session, and when it was written by the clock of the workstation: of one item the latest wins. */
const written = { session: SessionId, editedAt: z.number().int().nonnegative().max(8.64e15) };

/**
 * What an analyst put on a session, one item with its present value; null or false says that it was taken away, and has to outlive it.
 * An item is a note by its id, a tag or a label by its name.
 */
export const Annotation = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('note'),
    ...written,
    id: NoteId,
    note: z.object({ at: NoteAt, endAt: NoteAt.nullable(), text: NoteText, createdAt: NoteAt }).nullable(),
  }),
  z.object({ kind: z.literal('tag'), ...written, name: TagName, isOn: z.boolean() }),
  /** A named judgement with one of several values, such as `cause` = `confirmed`. */
  z.object({ kind: z.literal('label'), ...written, name: TagName, value: z.string().min(1).max(200).nullable() }),
]);
export type Annotation = z.infer<typeof Annotation>;

/** Names the item of its session that an annotation is about. */
export const itemOf = (annotation: Annotation): string =>
  annotation.kind === 'note' ? `note ${annotation.id}` : `${annotation.kind} ${annotation.name}`;

/** An annotation as it stands on the server; `seq` lies in the order of the change feed. */
export const AnnotationChange = z.object({
  seq: z.number().int().positive(),
  kind: z.literal('annotation'),
  session: SessionId,
  /** Label of the token it came with, or its id: told by the server, not by who wrote it. */
  by: z.string(),
  receivedAt: z.number(),
  annotation: Annotation,
});
export type AnnotationChange = z.infer<typeof AnnotationChange>;

/** Body of `POST /v1/annotations`. */
export const AnnotationPush = z.object({ annotations: z.array(Annotation).min(1).max(100) });
export type AnnotationPush = z.infer<typeof AnnotationPush>;

/**
 * What became of an annotation. `stored`: it stands, also when it did already. `older`: the server has a later one of this item, which
 * stands. `erased`: the session is gone for good; `unknown`: the project has no such session; `too-many`: it has its fill of annotations.
 */
export const AnnotationOutcome = z.enum(['stored', 'older', 'erased', 'unknown', 'too-many']);
export type AnnotationOutcome = z.infer<typeof AnnotationOutcome>;

/** Answer of `POST /v1/annotations`, in the order of the body, given when what is stored is on the disk. */
export const AnnotationReceipt = z.object({ outcomes: z.array(AnnotationOutcome) });
export type AnnotationReceipt = z.infer<typeof AnnotationReceipt>;

/** Answer of `GET /v1/annotations?after=<seq>&limit=<n>`: what stands, deletions included, in rising `seq`. Ask on with `next`. */
export const AnnotationPage = z.object({
  /** See `ChangePage`. */
  history: z.string().min(1).max(64),
  annotations: z.array(AnnotationChange).max(1000),
  next: z.number().int().nonnegative(),
});
export type AnnotationPage = z.infer<typeof AnnotationPage>;
