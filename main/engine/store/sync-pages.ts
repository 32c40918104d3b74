import { AppError } from '../../../shared/lib/app-error.ts';
import { manyText } from '../../../shared/lib/size-text.ts';
import { isBackendWindow, type SessionKey } from '../../../shared/model/identity.ts';
import { sha256 } from '../../../shared/node/hashing.ts';
import type { ChunkHead } from '../../../shared/node/session-file.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { eraseRows, leaveNoTrace } from './erase.ts';
import { addChunkRow, countSession, ensureSession, isForgotten, type PlacedChunk, storedSha } from './library-rows.ts';
import { chunkIdentity, type Tails } from './recovery.ts';
import type { SessionFiles } from './session-files.ts';
import type { OfferedChunk, PageName, Store } from './store-api.ts';

interface Slot {
  readonly offer: OfferedChunk;
  readonly wanted: boolean;
  placed: PlacedChunk | null;
}

const keyOf = ({ server, part = '' }: PageName): string => `${server} ${part}`;

type CommitInput = Parameters<Store['commitPage']>[0];

/** The part of the store that takes in pages of a server's change feed, each page by its name. */
export interface SyncPages extends Pick<Store, 'beginPage' | 'stage'> {
  /** Durable bytes first, then rows and cursor in one transaction. */
  commitPage(input: CommitInput): Promise<ReturnType<Store['commitPage']>>;
  /** Lets go of a session that was deleted meanwhile. */
  forget(key: SessionKey): void;
}

export function createSyncPages(db: WriteDb, files: SessionFiles, tails: Tails): SyncPages {
  const pages = new Map<string, Slot[]>();

  function slotFor(offer: OfferedChunk): Slot {
    if (isForgotten(db, offer.key)) return { offer, wanted: false, placed: null };
    const stored = storedSha(db, offer.key, offer);
    if (stored !== undefined) {
      // Uniqueness is on identity: the first content of a range stays, another one is said, not taken.
      if (stored !== offer.sha256) noteConflict(offer);
      return { offer, wanted: false, placed: null };
    }
    return { offer, wanted: true, placed: tails.get(offer.key)?.get(chunkIdentity(offer)) ?? null };
  }

  function noteConflict({ key, generation, firstSeq, count }: OfferedChunk): void {
    const text = `The server has other content for events ${firstSeq} to ${firstSeq + count - 1} of ${generation}; the first was kept.`;
    db.run(
      `UPDATE session SET notice = trim(coalesce(notice, '') || ' ' || ?) WHERE key = ? AND instr(coalesce(notice, ''), ?) = 0`,
      text,
      key,
      text,
    );
  }

  function pageOf(name: PageName): Slot[] {
    const page = pages.get(keyOf(name));
    if (!page) throw new AppError('internal', `No page of ${name.server} is being taken in.`);
    return page;
  }

  function beginPage({ chunks, ...name }: Parameters<Store['beginPage']>[0]): { missing: number[] } {
    const page = chunks.map(slotFor);
    pages.set(keyOf(name), page);
    const missing = page.flatMap((slot, index) => (slot.wanted && !slot.placed ? [index] : []));
    const keys = new Set(missing.flatMap((index) => page[index]?.offer.key ?? []));
    db.transaction(() => {
      for (const key of keys) db.run('INSERT OR IGNORE INTO writing (key) VALUES (?)', key);
    });
    return { missing };
  }

  function stage({ index, body, ...name }: Parameters<Store['stage']>[0]): void {
    const slot = pageOf(name)[index];
    if (!slot?.wanted || slot.placed) return; // deleted meanwhile, or sent twice
    const { offer } = slot;
    if (body.length !== offer.bytes || sha256(body) !== offer.sha256) {
      throw new AppError('damaged', 'The bytes that arrived are not those the server announced.');
    }
    const { key, sessionId } = offer;
    if (!files.exists(key)) {
      const source = `server:${name.server}`;
      files.append(key, { kind: 'session', key, source, sessionId, notice: null }, new Uint8Array(0));
    }
    // Another page that was committed since may have taken the session off the list of those to be looked after.
    if (!tails.has(key)) db.run('INSERT OR IGNORE INTO writing (key) VALUES (?)', key);
    const head = chunkHead(offer);
    slot.placed = { ...head, ...files.append(key, head, body) };
    const tail = tails.get(key) ?? new Map<string, PlacedChunk>();
    tails.set(key, tail.set(chunkIdentity(offer), slot.placed));
  }

  async function commitPage(input: CommitInput): Promise<ReturnType<Store['commitPage']>> {
    // Tombstones win over whatever of the same session is in this page, staged or not.
    for (const key of input.erased) forget(key);
    const page = pageOf(input);
    const keys = new Set(page.filter((slot) => slot.wanted && slot.placed).map((slot) => slot.offer.key));
    await files.sync(keys);
    const { touched, erased } = db.transaction(() => {
      const gone = input.erased.reduce((count, key) => count + eraseRows(db, key), 0);
      const changed = page.flatMap((slot) =>
        slot.wanted && slot.placed ? addRows(input.server, slot.offer, slot.placed) : [],
      );
      const sessions = new Map(changed.map(({ key, session }) => [key, session]));
      for (const session of sessions.values()) countSession(db, session);
      for (const slot of page) if (slot.wanted) consume(slot.offer);
      if (input.synced)
        db.run(
          'UPDATE server SET history = ?, cursor = ?, last_sync_at = ?, last_error = NULL WHERE id = ?',
          input.synced.history,
          input.synced.cursor,
          input.at,
          input.server,
        );
      return { touched: [...sessions.keys()], erased: gone };
    });
    pages.delete(keyOf(input));
    for (const key of input.erased) files.remove(key);
    if (erased > 0) await leaveNoTrace(db);
    return { touched, erased };
  }

  /** A chunk that has its row needs no looking after any more; a session without such chunks neither. */
  function consume(offer: OfferedChunk): void {
    const tail = tails.get(offer.key);
    tail?.delete(chunkIdentity(offer));
    if (tail && tail.size > 0) return;
    tails.delete(offer.key);
    db.run('DELETE FROM writing WHERE key = ?', offer.key);
  }

  function addRows(server: string, offer: OfferedChunk, placed: PlacedChunk) {
    const session = ensureSession(db, { key: offer.key, source: `server:${server}`, sessionId: offer.sessionId });
    const clock = isBackendWindow(offer.window) ? null : clockNotice(offer.skewMs);
    if (clock !== null)
      db.run(
        `UPDATE session SET notice = trim(coalesce(notice, '') || ' ' || ?) WHERE id = ? AND instr(coalesce(notice, ''), ?) = 0`,
        clock,
        session,
        CLOCK_WORDS,
      );
    return addChunkRow(db, session, placed) ? [{ key: offer.key, session }] : [];
  }

  function forget(key: SessionKey): void {
    tails.delete(key);
    for (const page of pages.values()) {
      for (const [index, slot] of page.entries()) {
        if (slot.offer.key === key) page[index] = { offer: slot.offer, wanted: false, placed: null };
      }
    }
  }

  return { beginPage, stage, commitPage, forget };
}

/** How far a page's clock may be off before it is worth a word: what a batch waits to be sent is part of the estimate. */
const CLOCK_OFF_MS = 15 * 60_000;
const CLOCK_WORDS = 'The clock of the recorded page';

/** @param skewMs how far the page's clock is behind the server's. */
function clockNotice(skewMs: number): string | null {
  if (Math.abs(skewMs) < CLOCK_OFF_MS) return null;
  const hours = Math.abs(skewMs) / 3_600_000;
  const off =
    hours < 1.5
      ? manyText(Math.round(hours * 60), 'minute')
      : hours < 48
        ? manyText(Math.round(hours), 'hour')
        : manyText(Math.round(hours / 24), 'day');
  return `${CLOCK_WORDS} was about ${off} ${skewMs > 0 ? 'behind' : 'ahead'}: times shown are the page's own.`;
}

const chunkHead = ({ window, generation, firstSeq, count, fromAt, toAt, skewMs, sha256 }: OfferedChunk): ChunkHead => ({
  kind: 'chunk',
  window,
  generation,
  firstSeq,
  count,
  fromAt,
  toAt,
  skewMs,
  sha256,
});
