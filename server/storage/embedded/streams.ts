import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { type Coverage, cover, type Interval, MAX_AHEAD, NOTHING } from './coverage.ts';
import type { BatchMeta } from './record-meta.ts';

/** A generation, by its name and all that contains it. */
export type StreamName = Pick<BatchMeta, 'project' | 'session' | 'window' | 'generation'>;

/** A generation as it is remembered; `id` is missing until it is in the database. */
export interface Stream {
  readonly name: StreamName;
  readonly id: number | undefined;
  readonly coverage: Coverage;
}

/** Generations, those in use in memory: most batches continue one that was just added to. */
export interface Streams {
  find(name: StreamName): Stream | undefined;
  /** Whether a generation is in memory, as most are that get batches. */
  isInUse(name: StreamName): boolean;
  /** Adds events to a generation, in memory. @returns the first seq it lacks. */
  cover(name: StreamName, added: Interval): number;
  /** Within a transaction: writes generations to the database. @returns the id of each, by key. */
  write(keys: Iterable<string>): Map<string, number>;
  /** After the transaction: what was written may be forgotten. */
  written(ids: ReadonlyMap<string, number>): void;
  /** Forgets a session's generations, which are gone from the database. */
  forget(project: string, session: string): void;
  clear(): void;
}

const REMEMBERED = 10_000;

/** Names a generation in memory. None of the parts can hold a space. */
export const keyOf = ({ project, session, window, generation }: StreamName): string =>
  `${project} ${session} ${window} ${generation}`;

/** Generations over the one connection that writes. */
export function createStreams(db: WriteDb): Streams {
  const streams = new Map<string, Stream>();

  function find(name: StreamName): Stream | undefined {
    const key = keyOf(name);
    const known = streams.get(key);
    if (known) return known;
    const loaded = load(db, name);
    if (loaded) streams.set(key, loaded);
    return loaded;
  }

  return {
    find,
    isInUse: (name) => streams.has(keyOf(name)),
    cover(name, added) {
      const stream = find(name) ?? { name, id: undefined, coverage: NOTHING };
      const coverage = cover(stream.coverage, added);
      streams.set(keyOf(name), { ...stream, coverage });
      return coverage.next;
    },
    write(keys) {
      const ids = new Map<string, number>();
      for (const key of keys) {
        const stream = streams.get(key);
        if (stream) ids.set(key, save(db, stream));
      }
      return ids;
    },
    written(ids) {
      if (streams.size > REMEMBERED) return streams.clear();
      for (const [key, id] of ids) {
        const stream = streams.get(key);
        if (stream && stream.id === undefined) streams.set(key, { ...stream, id });
      }
    },
    forget(project, session) {
      for (const key of streams.keys()) if (key.startsWith(`${project} ${session} `)) streams.delete(key);
    },
    clear: () => streams.clear(),
  };
}

function load(db: WriteDb, name: StreamName): Stream | undefined {
  const row = db.get<{ id: number; next: number; reach: number }>(
    'SELECT id, next, reach FROM stream WHERE project = ? AND session = ? AND "window" = ? AND generation = ?',
    ...columnsOf(name),
  );
  if (!row) return undefined;
  const islands = db.all<Interval>(
    'SELECT first, first + count AS "end" FROM chunk WHERE stream = ? AND first > ? ORDER BY first LIMIT ?',
    row.id,
    row.next,
    MAX_AHEAD,
  );
  const { ahead } = islands.reduce(cover, { ...NOTHING, next: row.next });
  return { name, id: row.id, coverage: { next: row.next, reach: row.reach, ahead } };
}

function save(db: WriteDb, { name, id, coverage: { next, reach } }: Stream): number {
  if (id !== undefined) {
    db.run('UPDATE stream SET next = ?, reach = ? WHERE id = ?', next, reach, id);
    return id;
  }
  const { lastInsertRowid } = db.run(
    'INSERT INTO stream (project, session, "window", generation, next, reach) VALUES (?, ?, ?, ?, ?, ?)',
    ...columnsOf(name),
    next,
    reach,
  );
  return Number(lastInsertRowid);
}

const columnsOf = ({ project, session, window, generation }: StreamName) =>
  [project, session, window, generation] as const;
