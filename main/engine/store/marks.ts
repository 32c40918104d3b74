import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { MAX_MARKS, type Marks, type Note, type NoteId } from '../../../shared/model/marks.ts';
import type { ReadDb, WriteDb } from '../../../shared/node/sqlite.ts';
import { sessionOf } from './session-rows.ts';
import type { Store } from './store-api.ts';

interface StoredNote {
  readonly id: NoteId;
  readonly session: number;
  readonly at: number;
  readonly end_at: number | null;
  readonly text: string;
  readonly created_at: number;
  readonly updated_at: number;
}

/** The part of the store that keeps what analysts put on sessions: notes, tags and pins. */
export type StoredMarks = Pick<
  Store,
  'notes' | 'addNote' | 'changeNote' | 'removeNote' | 'tags' | 'tag' | 'pin' | 'marks' | 'mergeMarks'
>;

export function createMarks(db: WriteDb): StoredMarks {
  function noteOf(id: NoteId): StoredNote & { readonly key: SessionKey } {
    const row = db.get<StoredNote & { readonly key: SessionKey }>(
      'SELECT note.*, session.key FROM note JOIN session ON session.id = note.session WHERE note.id = ?',
      id,
    );
    if (!row) throw new AppError('not-found', 'This note is not there any more. It may have been removed.');
    return row;
  }

  return {
    notes: ({ key }) => notesOf(db, sessionOf(db, key).id),
    addNote: ({ key, note }) => {
      db.transaction(() => {
        const session = sessionOf(db, key);
        if (session.notes >= MAX_MARKS)
          throw new AppError('bad-request', `A session has at most ${MAX_MARKS} notes. Remove one first.`);
        addNote(db, session.id, checked(note));
        countNotes(db, session.id);
      });
    },
    changeNote: ({ id, change, at }) =>
      db.transaction(() => {
        const row = noteOf(id);
        const note = checked({ ...readNote(row), ...change, updatedAt: at });
        db.run(
          'UPDATE note SET at = ?, end_at = ?, text = ?, updated_at = ? WHERE id = ?',
          note.at,
          note.endAt,
          note.text,
          note.updatedAt,
          id,
        );
        return { key: row.key, note };
      }),
    removeNote: ({ id }) =>
      db.transaction(() => {
        const row = noteOf(id);
        db.run('DELETE FROM note WHERE id = ?', id);
        countNotes(db, row.session);
        return { key: row.key, note: readNote(row) };
      }),
    tags: () => db.all('SELECT name, count(*) AS sessions FROM tag GROUP BY name ORDER BY name'),
    tag: ({ keys, name, on }) =>
      changedBy(db, keys, (key) =>
        on
          ? db.run('INSERT OR IGNORE INTO tag (session, name) SELECT id, ? FROM session WHERE key = ?', name, key)
          : db.run('DELETE FROM tag WHERE session = (SELECT id FROM session WHERE key = ?) AND name = ?', key, name),
      ),
    pin: ({ keys, pinned }) =>
      changedBy(db, keys, (key) =>
        db.run('UPDATE session SET pinned = ? WHERE key = ? AND pinned = ?', pinned ? 1 : 0, key, pinned ? 0 : 1),
      ),
    marks: ({ key }) => {
      const session = sessionOf(db, key);
      return { notes: notesOf(db, session.id), tags: JSON.parse(session.tags) as string[] };
    },
    mergeMarks: ({ key, marks }) => db.transaction(() => mergeMarks(db, sessionOf(db, key).id, marks)),
  };
}

/**
 * Adds notes by their ids and tags by their names; those that are there stay as they are. Part of the caller's
 * transaction. @returns whether anything was new.
 */
export function mergeMarks(db: WriteDb, session: number, marks: Marks): boolean {
  const room = MAX_MARKS - notesOf(db, session).length;
  const fresh = marks.notes.filter((note) => !db.get('SELECT 1 FROM note WHERE id = ?', note.id)).slice(0, room);
  for (const note of fresh) addNote(db, session, checked(note));
  const tags = marks.tags.map(
    (name) => db.run('INSERT OR IGNORE INTO tag (session, name) VALUES (?, ?)', session, name).changes,
  );
  countNotes(db, session);
  return fresh.length > 0 || tags.some((changes) => changes > 0);
}

const changedBy = (
  db: WriteDb,
  keys: readonly SessionKey[],
  change: (key: SessionKey) => { readonly changes: number },
): SessionKey[] => db.transaction(() => keys.filter((key) => change(key).changes > 0));

function checked(note: Note): Note {
  if (note.endAt !== null && note.endAt < note.at)
    throw new AppError('bad-request', 'A note cannot end before it begins. Give a later end.');
  return note;
}

const addNote = (db: WriteDb, session: number, note: Note): void => {
  db.run(
    'INSERT OR IGNORE INTO note (id, session, at, end_at, text, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    note.id,
    session,
    note.at,
    note.endAt,
    note.text,
    note.createdAt,
    note.updatedAt,
  );
};

const countNotes = (db: WriteDb, session: number): void => {
  db.run('UPDATE session SET notes = (SELECT count(*) FROM note WHERE session = session.id) WHERE id = ?', session);
};

const notesOf = (db: ReadDb, session: number): Note[] =>
  db.all<StoredNote>('SELECT * FROM note WHERE session = ? ORDER BY at, id', session).map(readNote);

const readNote = (row: StoredNote): Note => ({
  id: row.id,
  at: row.at,
  endAt: row.end_at,
  text: row.text,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
