import type { ReadDb, WriteDb } from '../../../shared/node/sqlite.ts';
import type { Position } from './recover.ts';

/** Which journal a mark belongs to. */
export type MarkName = 'chunks' | 'conflicts';

/** Up to where the index follows a journal; undefined when it has to read all of it. */
export function readMark(db: ReadDb, name: MarkName): Position | undefined {
  const row = db.get<{ value: string }>('SELECT value FROM meta WHERE name = ?', `applied:${name}`);
  if (!row) return undefined;
  const [segment = 0, offset = 0] = row.value.split(':').map(Number);
  return { segment, offset };
}

/** To be written in the same transaction as what was applied. */
export function writeMark(db: WriteDb, name: MarkName, end: Position): void {
  writeMeta(db, `applied:${name}`, `${end.segment}:${end.offset}`);
}

/** One remembered value, or undefined. */
export const readMeta = (db: ReadDb, name: string): string | undefined =>
  db.get<{ value: string }>('SELECT value FROM meta WHERE name = ?', name)?.value;

/** Remembers one value. */
export function writeMeta(db: WriteDb, name: string, value: string): void {
  db.run(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    value,
  );
}
