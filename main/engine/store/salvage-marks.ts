import { messageOf } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { Note, TagName } from '../../../shared/model/marks.ts';
import { openReader, type ReadDb, type WriteDb } from '../../../shared/node/sqlite.ts';
import { mergeMarks } from './marks.ts';

/** What could be read out of a damaged library, in words; `broken` says why it ended early, null when it did not. */
interface Salvage {
  readonly notes: number;
  readonly tags: number;
  readonly broken: string | null;
}

/**
 * Notes, tags and pins cannot be made again from recordings: what is still readable of them in a damaged library is
 * brought over for the sessions that are there again. @returns a sentence for people, empty when there was nothing.
 */
export function salvageMarks(db: WriteDb, aside: string, nativeBinding?: string): string {
  let old: ReadDb;
  try {
    old = openReader({ file: aside, nativeBinding });
  } catch (error) {
    return `Its notes and tags cannot be read any more (${messageOf(error)}).`;
  }
  try {
    return wordsOf(db.transaction(() => bringOver(db, old)));
  } finally {
    old.close();
  }
}

function bringOver(db: WriteDb, old: ReadDb): Salvage {
  let notes = 0;
  let tags = 0;
  const idOf = (key: SessionKey): number | null =>
    db.get<{ id: number }>('SELECT id FROM session WHERE key = ?', key)?.id ?? null;
  const broken = [
    readable(old, 'SELECT key, note.* FROM note JOIN session ON session.id = note.session', (row) => {
      const note = Note.safeParse({
        ...row,
        endAt: row.end_at,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
      });
      const id = idOf(row.key);
      if (id !== null && note.success && mergeMarks(db, id, { notes: [note.data], tags: [] })) notes += 1;
    }),
    readable(old, 'SELECT key, name FROM tag JOIN session ON session.id = tag.session', (row) => {
      const name = TagName.safeParse(row.name);
      const id = idOf(row.key);
      if (id !== null && name.success && mergeMarks(db, id, { notes: [], tags: [name.data] })) tags += 1;
    }),
    readable(old, 'SELECT key FROM session WHERE pinned = 1', (row) => {
      db.run('UPDATE session SET pinned = 1 WHERE key = ?', row.key);
    }),
  ];
  return { notes, tags, broken: broken.find((reason) => reason !== null) ?? null };
}

type OldRow = { readonly key: SessionKey } & Readonly<Record<string, unknown>>;

/** Takes rows one by one until the damage. @returns what it was, or null. */
function readable(old: ReadDb, sql: string, take: (row: OldRow) => void): string | null {
  const rows: OldRow[] = [];
  let broken: string | null = null;
  try {
    for (const row of old.iterate<OldRow>(sql)) rows.push(row);
  } catch (error) {
    // Said in the closing words; what came before it is taken. A library without these tables is older than they are.
    if (!/no such (table|column)/.test(messageOf(error))) broken = messageOf(error);
  }
  for (const row of rows) take(row);
  return broken;
}

function wordsOf({ notes, tags, broken }: Salvage): string {
  if (notes + tags === 0) return broken === null ? '' : `Its notes and tags cannot be read any more (${broken}).`;
  const rest = broken === null ? '' : `; others could not be read (${broken})`;
  return `Brought over: ${notes} ${notes === 1 ? 'note' : 'notes'}, ${tags} ${tags === 1 ? 'tag' : 'tags'}${rest}.`;
}
