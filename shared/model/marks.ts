import { z } from 'zod';

/** Longest text of a note, characters. */
export const MAX_NOTE_LENGTH = 10_000;
/** Notes and tags one session may have: bounds what a file can bring along. */
export const MAX_MARKS = 1000;

/** A word or two that sessions are grouped by: lower case, one line, no commas or quotes (a list of tags is written with them). */
export const TagName = z
  .string()
  .transform((text) => text.trim().replace(/\s+/g, ' ').toLowerCase())
  .pipe(z.string().min(1, 'a tag needs a name').max(40, 'a tag is at most 40 characters long'))
  .refine((text) => !/[,"\p{Cc}]/u.test(text), 'a tag has no commas or quotes');
export type TagName = z.infer<typeof TagName>;

/** Id of a note: random, and the same in every library the note is carried to. */
export const NoteId = z.uuid().brand<'NoteId'>();
export type NoteId = z.infer<typeof NoteId>;

/** Text of a note as it is kept: never empty, no blank ends. */
export const NoteText = z.string().trim().min(1, 'a note needs some text').max(MAX_NOTE_LENGTH);

/** A moment of a session, ms since epoch on its corrected clock: the same clock as that of signals. */
export const NoteAt = z.number().min(-8.64e15).max(8.64e15);

/** What an analyst wrote at a moment of a session. */
export const Note = z.object({
  id: NoteId,
  at: NoteAt,
  /** End of a span of time, never before `at`; null for a single moment. */
  endAt: NoteAt.nullable(),
  text: NoteText,
  /** Ms since epoch, of the computer it was written on. */
  createdAt: NoteAt,
  updatedAt: NoteAt,
});
export type Note = z.infer<typeof Note>;

/** What analysts put on a session and what goes along when it is exported. */
export const Marks = z.object({
  notes: z.array(Note).max(MAX_MARKS),
  tags: z.array(TagName).max(MAX_MARKS),
});
export type Marks = z.infer<typeof Marks>;
