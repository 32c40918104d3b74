import { randomUUID } from 'node:crypto';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { type Note, NoteId } from '../../../shared/model/marks.ts';
import type { NoteChange, Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';

/** What analysts put on sessions: notes, tags and pins. Each change is announced. */
export interface Marking {
  addNote(input: { key: SessionKey; at: number; endAt: number | null; text: string }): Promise<Note>;
  changeNote(input: { id: NoteId } & { [K in keyof NoteChange]: NoteChange[K] | undefined }): Promise<Note>;
  removeNote(id: NoteId): Promise<{ key: SessionKey; note: Note }>;
  restoreNote(key: SessionKey, note: Note): Promise<void>;
  tag(keys: readonly SessionKey[], name: string, on: boolean): Promise<{ changed: SessionKey[] }>;
  pin(keys: readonly SessionKey[], pinned: boolean): Promise<{ changed: SessionKey[] }>;
}

export function createMarking(deps: {
  readonly store: Remote<Store>;
  /** Ms since epoch. */
  readonly clock: () => number;
  readonly changed: () => void;
}): Marking {
  const { store, clock, changed } = deps;

  async function announced<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    changed();
    return result;
  }
  async function announcedIfAny(work: Promise<SessionKey[]>): Promise<{ changed: SessionKey[] }> {
    const keys = await work;
    if (keys.length > 0) changed();
    return { changed: keys };
  }

  return {
    addNote: async ({ key, at, endAt, text }) => {
      const now = clock();
      const note: Note = { id: NoteId.parse(randomUUID()), at, endAt, text, createdAt: now, updatedAt: now };
      await announced(store.addNote({ key, note }));
      return note;
    },
    changeNote: async ({ id, at, endAt, text }) => {
      const change: NoteChange = {
        ...(at === undefined ? {} : { at }),
        ...(endAt === undefined ? {} : { endAt }),
        ...(text === undefined ? {} : { text }),
      };
      return (await announced(store.changeNote({ id, change, at: clock() }))).note;
    },
    removeNote: (id) => announced(store.removeNote({ id })),
    restoreNote: (key, note) => announced(store.addNote({ key, note })),
    tag: (keys, name, on) => announcedIfAny(store.tag({ keys, name, on })),
    pin: (keys, pinned) => announcedIfAny(store.pin({ keys, pinned })),
  };
}
