import { AppError } from '../../shared/lib/app-error.ts';
import { type DeadLetterEntry, listDeadLetters, retryDeadLetters } from '../process/dead-letters.ts';
import { openDerived } from '../process/derived-store.ts';
import { openChunkReader } from '../storage/embedded/chunk-reader.ts';
import { type AdminDeps, assertFolder } from './open-admin.ts';

/** What could not be read, newest first. */
export function deadLetters({ dir, nativeBinding }: AdminDeps): DeadLetterEntry[] {
  assertFolder(dir);
  const store = openDerived(dir, nativeBinding);
  try {
    return listDeadLetters(store.db);
  } finally {
    store.close();
  }
}

/** The bytes of a dead letter as they arrived. @throws AppError `not-found`. */
export function deadLetterBytes({ dir, nativeBinding }: AdminDeps, seq: number): Buffer {
  const letter = deadLetters({ dir, clock: Date.now, nativeBinding }).find((one) => one.seq === seq && seq > 0);
  if (!letter)
    throw new AppError('not-found', `There is no dead letter ${seq}. "dead-letters list" shows what there is.`);
  const reader = openChunkReader(dir, nativeBinding);
  try {
    const places = reader.chunksOf(letter.project, letter.session).filter((place) => place.seq === seq);
    let found: Buffer | undefined;
    reader.read(places, (_, bytes) => {
      found = bytes;
    });
    if (!found) throw new AppError('not-found', `Chunk ${seq} was erased.`);
    return found;
  } finally {
    reader.close();
  }
}

/** Lets the processor, now or when it next runs, try dead letters again. @returns how many sessions. */
export function retryLetters({ dir, clock, nativeBinding }: AdminDeps, session?: string): number {
  assertFolder(dir);
  const store = openDerived(dir, nativeBinding);
  try {
    return retryDeadLetters(store.db, clock(), session);
  } finally {
    store.close();
  }
}
