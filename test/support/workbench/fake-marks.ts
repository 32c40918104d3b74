import type { HandlersOf } from '../../../shared/ipc/call.ts';
import type { CallContext } from '../../../shared/ipc/dispatch.ts';
import type { EngineCalls } from '../../../shared/ipc/engine-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { type Note, NoteId } from '../../../shared/model/marks.ts';
import type { SessionRow } from '../../../shared/model/session.ts';

type MarkCalls =
  | 'sessions.pin'
  | 'notes.list'
  | 'notes.add'
  | 'notes.change'
  | 'notes.remove'
  | 'notes.restore'
  | 'tags.list'
  | 'tags.add'
  | 'tags.remove';

/** Notes, tags and pins of a fake engine, with the rules of the real one as far as a window can see them. */
export function fakeMarks(deps: {
  readonly rows: () => readonly SessionRow[];
  readonly change: (keys: readonly SessionKey[], change: (row: SessionRow) => SessionRow) => void;
}): Pick<HandlersOf<EngineCalls, CallContext>, MarkCalls> {
  const notes = new Map<NoteId, { readonly key: SessionKey; readonly note: Note }>();
  const noteOf = (id: NoteId) => {
    const found = notes.get(id);
    if (!found) throw new AppError('not-found', 'This note is not there any more. It may have been removed.');
    return found;
  };
  const keep = (key: SessionKey, note: Note): Note => {
    if (note.endAt !== null && note.endAt < note.at)
      throw new AppError('bad-request', 'A note cannot end before it begins.');
    notes.set(note.id, { key, note });
    count(key);
    return note;
  };
  const listed = (key: SessionKey): Note[] =>
    [...notes.values()]
      .filter((one) => one.key === key)
      .map(({ note }) => note)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const count = (key: SessionKey): void => deps.change([key], (row) => ({ ...row, notes: listed(key).length }));
  const changeWhere = (
    keys: readonly SessionKey[],
    differs: (row: SessionRow) => boolean,
    change: (row: SessionRow) => SessionRow,
  ): { changed: SessionKey[] } => {
    const wanted = new Set(keys);
    const changed = deps.rows().flatMap((row) => (wanted.has(row.key) && differs(row) ? [row.key] : []));
    deps.change(changed, change);
    return { changed };
  };

  return {
    'sessions.pin': ({ keys, pinned }) =>
      changeWhere(
        keys,
        (row) => row.pinned !== pinned,
        (row) => ({ ...row, pinned }),
      ),
    'notes.list': ({ key }) => listed(key),
    'notes.add': ({ key, at, endAt, text }) =>
      keep(key, {
        id: NoteId.parse(crypto.randomUUID()),
        at,
        endAt,
        text,
        createdAt: Date.now(),
        updatedAt: Date.now(),
      }),
    'notes.change': ({ id, at, endAt, text }) => {
      const { key, note } = noteOf(id);
      return keep(key, {
        ...note,
        at: at ?? note.at,
        endAt: endAt === undefined ? note.endAt : endAt,
        text: text ?? note.text,
        updatedAt: Date.now(),
      });
    },
    'notes.remove': ({ id }) => {
      const found = noteOf(id);
      notes.delete(id);
      count(found.key);
      return found;
    },
    'notes.restore': ({ key, note }) => void keep(key, note),
    'tags.list': () => {
      const counts = new Map<string, number>();
      for (const name of deps.rows().flatMap(({ tags }) => tags)) counts.set(name, (counts.get(name) ?? 0) + 1);
      return [...counts].map(([name, sessions]) => ({ name, sessions })).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    'tags.add': ({ keys, name }) =>
      changeWhere(
        keys,
        ({ tags }) => !tags.includes(name),
        (row) => ({ ...row, tags: [...row.tags, name].sort() }),
      ),
    'tags.remove': ({ keys, name }) =>
      changeWhere(
        keys,
        ({ tags }) => tags.includes(name),
        (row) => ({ ...row, tags: row.tags.filter((tag) => tag !== name) }),
      ),
  };
}
