import type { ReadDb, WriteDb } from '../../../shared/node/sqlite.ts';
import { Annotation, type AnnotationChange, itemOf } from '../../../shared/wire/annotation.ts';
import type { AnnotationMeta } from './record-meta.ts';
import type { JournalRecord } from './recover.ts';
import type { SessionName } from './tombstones.ts';

type Row = Omit<AnnotationChange, 'annotation'> & { readonly body: string };

const COLUMNS = `seq, 'annotation' AS kind, session, by, received_at AS receivedAt, body`;

/** Annotations of a project behind a cursor; its plan is part of the tests. */
export const ANNOTATIONS_SQL = `SELECT ${COLUMNS} FROM annotation WHERE project = ? AND seq > ? ORDER BY seq LIMIT ?`;

const toChange = ({ body, ...row }: Row): AnnotationChange => ({
  ...row,
  annotation: Annotation.parse(JSON.parse(body)),
});

/** See `ANNOTATIONS_SQL`. */
export const readAnnotations = (db: ReadDb, project: string, after: number, limit: number): AnnotationChange[] =>
  db.all<Row>(ANNOTATIONS_SQL, project, after, limit).map(toChange);

/** All that stands of one session. */
export const annotationsOf = (db: ReadDb, { project, session }: SessionName): AnnotationChange[] =>
  db
    .all<Row>(`SELECT ${COLUMNS} FROM annotation WHERE project = ? AND session = ? ORDER BY seq`, project, session)
    .map(toChange);

/** What stands of the item an annotation is about. */
export const standing = (db: ReadDb, project: string, annotation: Annotation): Annotation | undefined => {
  const row = db.get<{ body: string }>(
    'SELECT body FROM annotation WHERE project = ? AND session = ? AND item = ?',
    project,
    annotation.session,
    itemOf(annotation),
  );
  return row && Annotation.parse(JSON.parse(row.body));
};

/** How many items of a session there are, deleted ones included. */
export const countAnnotations = (db: ReadDb, { project, session }: SessionName): number =>
  db.get<{ n: number }>('SELECT count(*) AS n FROM annotation WHERE project = ? AND session = ?', project, session)
    ?.n ?? 0;

/** Whether a record is the one that stands of its item: all others may go when their segment is written anew. */
export const isStanding = (db: ReadDb, seq: number): boolean =>
  db.get('SELECT 1 FROM annotation WHERE seq = ?', seq) !== undefined;

/** Within a transaction: takes over an annotation, which won over what stood before it when it was accepted. */
export function applyAnnotation(db: WriteDb, { seq, segment, meta }: JournalRecord<AnnotationMeta>): void {
  const { project, annotation, by, receivedAt } = meta;
  db.run(
    `INSERT OR REPLACE INTO annotation (seq, project, session, item, edited_at, by, received_at, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    project,
    annotation.session,
    itemOf(annotation),
    annotation.editedAt,
    by,
    receivedAt,
    JSON.stringify(annotation),
  );
  db.run(
    'INSERT OR IGNORE INTO annotation_place (seq, project, session, segment) VALUES (?, ?, ?, ?)',
    seq,
    project,
    annotation.session,
    segment,
  );
}

/** Within a transaction: takes the annotations of an erased session out and remembers which segments hold them. */
export function forgetAnnotations(db: WriteDb, { project, session }: SessionName): void {
  db.run(
    `INSERT OR IGNORE INTO stain (journal, segment) SELECT DISTINCT 'chunks', segment FROM annotation_place
     WHERE project = ? AND session = ?`,
    project,
    session,
  );
  for (const table of ['annotation', 'annotation_place'])
    db.run(`DELETE FROM ${table} WHERE project = ? AND session = ?`, project, session);
}
