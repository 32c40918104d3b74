import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { type Annotation, type AnnotationOutcome, MAX_ANNOTATIONS } from '../../../shared/wire/annotation.ts';
import type { AnnotationSource } from '../storage.ts';
import { countAnnotations, standing } from './annotations.ts';
import type { ChunkIndex } from './chunk-index.ts';
import { NO_BODY } from './empty-body.ts';
import type { Eraser } from './eraser.ts';
import type { Journals } from './open-journals.ts';

/** Takes annotations in, one after the other: of two that come at once each is compared with what the other left. */
export function createAnnotator(deps: {
  readonly db: WriteDb;
  readonly index: ChunkIndex;
  readonly eraser: Pick<Eraser, 'isSessionErased'>;
  readonly chunks: Journals['chunks'];
}) {
  const { db, index, eraser, chunks } = deps;
  let before: Promise<unknown> = Promise.resolve();

  async function annotateOne(
    annotation: Annotation,
    { project, by, at }: AnnotationSource,
  ): Promise<AnnotationOutcome> {
    const { session } = annotation;
    index.settle();
    // No await from here to the journal: only so an erasure is behind all that was let through.
    if (eraser.isSessionErased({ project, session })) return 'erased';
    if (!db.get('SELECT 1 FROM stream WHERE project = ? AND session = ? LIMIT 1', project, session)) return 'unknown';
    // A clock that is ahead must not win for ever.
    const written = { ...annotation, editedAt: Math.min(annotation.editedAt, at) };
    const known = standing(db, project, written);
    if (known && JSON.stringify(known) === JSON.stringify(written)) return 'stored';
    if (known && known.editedAt > written.editedAt) return 'older';
    if (!known && countAnnotations(db, { project, session }) >= MAX_ANNOTATIONS) return 'too-many';
    await chunks.append({ kind: 'annotation', project, by, receivedAt: at, annotation: written }, NO_BODY);
    return 'stored';
  }

  async function annotateAll(annotations: readonly Annotation[], source: AnnotationSource) {
    const outcomes: AnnotationOutcome[] = [];
    for (const annotation of annotations) outcomes.push(await annotateOne(annotation, source));
    return outcomes;
  }

  return (annotations: readonly Annotation[], source: AnnotationSource): Promise<AnnotationOutcome[]> => {
    const work = before.then(() => annotateAll(annotations, source));
    before = work.catch(() => undefined); // its own caller hears of it
    return work;
  };
}
