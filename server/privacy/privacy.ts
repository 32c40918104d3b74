import { AppError } from '../../shared/lib/app-error.ts';
import type { SessionId } from '../../shared/model/identity.ts';
import { writeZip } from '../../shared/node/zip-writer.ts';
import type { ErasureReport, Subject } from '../../shared/wire/privacy.ts';
import type { DerivedStore } from '../process/derived-store.ts';
import type { Processing } from '../process/processing.ts';
import type { ChunkReader } from '../storage/embedded/chunk-reader.ts';
import type { Actor, Deed, Storage } from '../storage/storage.ts';
import { exportParts } from './export-parts.ts';
import { type Found, findSubject } from './subjects.ts';

/** What a server does with the data of people, apart from taking it in and handing it to the team. */
export interface Privacy {
  /** The sessions of a subject, once everything that was accepted is read. */
  find(project: string, subject: Subject): Promise<Found>;
  /** Erases a subject for good: tombstones for the workstations, and no byte of it in this folder. */
  erase(project: string, subject: Subject, by: Actor): Promise<ErasureReport>;
  /**
   * Writes all that is kept of a subject into a zip: for each session what is derived, and its chunks as they arrived.
   * @returns how many sessions. @throws AppError `not-found` when there is nothing.
   */
  exportTo(file: string, project: string, subject: Subject, by: Actor): Promise<number>;
  /** Erases what projects keep no longer. @returns how many sessions. */
  applyRetention(): Promise<number>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Sessions erased at once: each group writes the segments it touches anew. */
const GROUP = 500;
/** The server itself, as the audit log names it. */
const SERVER: Actor = 'server';

/** @param deps.clock ms since epoch. */
export function createPrivacy(deps: {
  readonly storage: Storage;
  readonly derived: DerivedStore;
  readonly processing: Processing;
  readonly openReader: () => ChunkReader;
  readonly clock: () => number;
}): Privacy {
  const { storage, derived, processing, openReader, clock } = deps;

  /** Noted before it is done: what is in the log may have been cut off, but nothing was done that is not in it. */
  async function eraseSessions(
    project: string,
    sessions: readonly string[],
    deed: Deed & ('erased' | 'expired'),
    by: Actor,
  ) {
    if (sessions.length === 0) return;
    const at = clock();
    await storage.accounts.noteDeed({ project, deed, sessions: sessions.length, at }, by);
    await storage.eraseSessions(project, sessions, { reason: deed, at });
    await derived.erase(sessions.map((session) => ({ project, session })));
  }

  async function find(project: string, subject: Subject): Promise<Found> {
    if ('user' in subject) await processing.settle();
    return findSubject(derived.db, project, subject);
  }

  return {
    find,
    async erase(project, subject, by) {
      const { sessions, unreadable } = await find(project, subject);
      const isWanted = 'user' in subject && subject.withUnreadable === true;
      const asked = isWanted ? [...sessions, ...unreadable] : sessions;
      const holds = new Set<string>(await storage.accounts.holds(project));
      const isHeld = (session: SessionId): boolean => holds.has(session);
      const erased = asked.filter((session) => !isHeld(session));
      await eraseSessions(project, erased, 'erased', by);
      return { erased, held: asked.filter(isHeld), unreadable: isWanted ? [] : [...unreadable] };
    },
    async exportTo(file, project, subject, by) {
      if ('session' in subject) await processing.settle();
      const { sessions, unreadable } = await find(project, subject);
      const asked = 'user' in subject && subject.withUnreadable ? [...sessions, ...unreadable] : sessions;
      const reader = openReader();
      try {
        const kept = asked.filter((session) => reader.chunksOf(project, session).length > 0);
        if (kept.length === 0) throw new AppError('not-found', 'Nothing is kept of this session or person.');
        await storage.accounts.noteDeed({ project, deed: 'exported', sessions: kept.length, at: clock() }, by);
        await writeZip(file, exportParts({ reader, derived: derived.db, project, sessions: kept }));
        return kept.length;
      } finally {
        reader.close();
      }
    },
    async applyRetention() {
      let count = 0;
      for (const { id, retentionDays } of await storage.accounts.projects()) {
        if (retentionDays === null) continue;
        const holds = new Set(await storage.accounts.holds(id));
        const before = clock() - retentionDays * DAY_MS;
        for (;;) {
          const old = await storage.sessionsBefore(id, before, GROUP + holds.size);
          const group = old.filter((session) => !holds.has(session)).slice(0, GROUP);
          if (group.length === 0) break;
          await eraseSessions(id, group, 'expired', SERVER);
          count += group.length;
        }
      }
      return count;
    },
  };
}
