import { FACTS_VERSION } from '../../shared/facts/index.ts';
import { messageOf } from '../../shared/lib/app-error.ts';
import type { ChunkReader } from '../storage/embedded/chunk-reader.ts';
import { type Derived, deriveServerSession } from './derive-session.ts';
import type { DeadLetter, DerivedStore, Patience, Work } from './derived-store.ts';

/**
 * A page sends every few seconds, and a session is derived as a whole: a short one (5 ms) a second after its batch, so that it can be seen
 * soon; a long one so seldom that it takes no more than a hundredth of the thread.
 */
export const PATIENCE: Patience = { leastMs: 1000, mostMs: 60_000, timesTook: 100 };
/** Everything at once. */
export const IMPATIENT: Patience = { leastMs: 0, mostMs: 0, timesTook: 0 };

const ARRIVALS = 2000;
/** Attempts that ended with the death of the deriver (memory, time) before a session is given up. */
const ATTEMPTS = 2;

/** What processing works with. */
export interface ProcessorDeps {
  readonly reader: ChunkReader;
  readonly store: DerivedStore;
  /** Ms since epoch. */
  readonly clock: () => number;
}

/** The stream processor: follows the journal and derives its sessions, in steps that can be cut off anywhere. */
export interface Processor {
  /** Notes new chunks, derives one session. @returns false when there is nothing to do now. */
  step(patience: Patience): boolean;
}

/** All state lies in the store: a processor that died goes on with the next one. */
export function createProcessor({ reader, store, clock }: ProcessorDeps): Processor {
  store.adopt(reader.history(), FACTS_VERSION, clock());

  /** Sessions that this processor began with, by name. */
  const begun = new Set<string>();
  const nameOf = ({ project, session }: Work): string => `${project} ${session}`;

  function follow(): boolean {
    const arrivals = reader.arrivals(store.cursor(), ARRIVALS);
    const last = arrivals.at(-1);
    if (last) store.note(arrivals, last.seq, clock());
    return arrivals.length === ARRIVALS;
  }

  function derive(work: Work): void {
    if (work.attempts >= ATTEMPTS) {
      store.bury(work, { seq: 0, reason: 'deriving it took more memory or time than it may', at: clock() });
      return;
    }
    const startedAt = performance.now();
    const derived = attempt(work);
    if ('reason' in derived) store.bury(work, derived);
    else store.save(work, derived, performance.now() - startedAt);
  }

  /** Only what the session itself is at fault for makes it a dead letter; a full disk does not. */
  function attempt({ project, session }: Work): Derived | DeadLetter {
    const places = reader.chunksOf(project, session);
    try {
      return deriveServerSession(reader, places, clock());
    } catch (error) {
      return { seq: 0, reason: messageOf(error), at: clock() };
    }
  }

  return {
    step(patience) {
      const hasMore = follow();
      const work = store.take(clock(), patience, (one) => begun.has(nameOf(one)));
      if (work) {
        begun.add(nameOf(work));
        derive(work);
        begun.delete(nameOf(work));
      }
      return hasMore || work !== undefined;
    },
  };
}
