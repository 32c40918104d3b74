import { AppError, messageOf, sentence } from '../../../shared/lib/app-error.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Analyst } from '../analyst/analyst-api.ts';
import type { Derivation } from '../library/derivation.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import type { ImportReply, ImportStep } from './import-steps.ts';

/** What an import works with. */
export interface ImportDeps {
  readonly store: Remote<Store>;
  readonly analyst: Remote<Analyst>;
  readonly derivation: Derivation;
  readonly signal: AbortSignal;
  /** Bytes of this file that were read, and in all. */
  readonly progress: (done: number, total: number) => void;
}

/** What came out of one file. */
export interface ImportedSession {
  readonly key: SessionKey;
  /** The library had it already. */
  readonly present: boolean;
  /** What is wrong with the file, or with what was made of it. */
  readonly found: string | null;
}

type SessionStep = Extract<ImportStep, { kind: 'session' }>;

/**
 * Takes one file into the library and derives facts and diagnosis of what is new.
 * @param source the `source` of its sessions.
 * @param took is told of each session that is in the library now; those before a failing one stay.
 * @throws AppError whose message completes `<file> was not imported: ...`.
 */
export async function importFile(
  path: string,
  source: string,
  deps: ImportDeps,
  took: (session: ImportedSession) => void,
): Promise<void> {
  const { id, bytes } = await deps.analyst.openImport({ path });
  let current: SessionStep | null = null;
  let reply: ImportReply = 'take';
  try {
    for (;;) {
      if (deps.signal.aborted) throw new AppError('cancelled', 'the import was cancelled');
      const step: ImportStep | null = await deps.analyst.nextImport({ id, reply });
      if (!step) return;
      reply = 'take';
      if (step.kind === 'session') {
        const present = await deps.store.find({ key: step.key });
        reply = present ? 'skip' : 'take';
        current = null;
        if (present) {
          took({ key: present, present: true, found: null });
          await deps.store.unhide({ keys: [present] }); // who opens it again wants it
          if (step.marks) await deps.store.mergeMarks({ key: present, marks: step.marks });
        } else {
          await deps.store.beginImport({ key: step.key, source, sessionId: step.sessionId });
          current = step; // only now: one that was refused is another import's to end
        }
      } else if (!current) throw new AppError('internal', 'the reader sent events of no session');
      else if (step.kind === 'chunks') {
        await deps.store.appendImport({ key: current.key, chunks: step.chunks });
        deps.progress(step.doneBytes, bytes);
      } else {
        const { key } = current;
        await deps.store.commitImport({ key, notice: step.notice, marks: current.marks });
        current = null;
        // It is in the library from here on, whatever becomes of its facts: they are made again at the next start.
        const underived = await deps.derivation.ensure(key).then(
          () => null,
          (error: unknown) => `Its facts could not be made: ${sentence(messageOf(error))}`,
        );
        took({ key, present: false, found: [step.found, underived].filter((text) => text !== null).join(' ') || null });
      }
    }
  } finally {
    if (current) await deps.store.abortImport({ key: current.key });
    await deps.analyst.closeImport({ id });
  }
}
