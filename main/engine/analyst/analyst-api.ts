import type { Diagnosis } from '../../../shared/model/finding.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Marks } from '../../../shared/model/marks.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import type { ImportReply, ImportStep } from '../import/import-steps.ts';
import type { DerivedSession, RecordingLayout } from '../store/store-api.ts';
import type { Inspector } from './inspect/inspector-api.ts';

/** One session to be written into an evidence file. */
export interface EvidenceInput {
  readonly session: SessionRow;
  readonly layout: RecordingLayout;
  readonly signals: readonly Signal[];
  readonly diagnosis: Diagnosis;
  readonly marks: Marks;
}

/**
 * Everything that parses, inflates or judges recorded content. Lives in a worker thread with a memory cap of its own;
 * on the other side of its port each method is asynchronous. All methods throw `AppError`.
 */
export interface Analyst extends Inspector {
  /** Looks at a file and starts to read it. */
  openImport(input: { readonly path: string }): Promise<{ readonly id: number; readonly bytes: number }>;
  /** The next step, or null at the end. Nothing is read ahead of the caller. */
  nextImport(input: { readonly id: number; readonly reply: ImportReply }): Promise<ImportStep | null>;
  /** Lets go of the file; also for one that failed. */
  closeImport(input: { readonly id: number }): Promise<void>;
  derive(input: { readonly key: SessionKey; readonly layout: RecordingLayout }): DerivedSession;
  writeEvidence(input: {
    readonly id: number;
    readonly path: string;
    readonly createdAt: number;
    readonly sessions: readonly EvidenceInput[];
  }): Promise<{ readonly bytes: number }>;
  /** Stops `writeEvidence` of that id; nothing is left behind. */
  cancelEvidence(input: { readonly id: number }): void;
}
