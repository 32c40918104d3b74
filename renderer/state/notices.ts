import type { SessionKey } from '../../shared/model/identity.ts';

/** A message that appears over the workbench. */
export interface Notice {
  readonly id: number;
  /** Errors stay until they are dismissed. */
  readonly tone: 'info' | 'success' | 'error';
  readonly title: string;
  readonly text: string | null;
  /** Offers to open this session. */
  readonly session: SessionKey | null;
  /** Offers to turn back what it tells of. */
  readonly undo: (() => Promise<void>) | null;
  /** How long it stays, ms; null for the usual time. */
  readonly shownMs: number | null;
}

/** A notice before it has its id. */
export type NewNotice = Pick<Notice, 'tone' | 'title'> & Partial<Pick<Notice, 'text' | 'session' | 'undo' | 'shownMs'>>;

/** More than this many at once is noise; the oldest goes. */
const MOST_NOTICES = 4;

/** Adds a notice, newest last. The same words again replace the older one, so that a failing loop does not pile up; what can be undone stays. */
export function withNotice(
  notices: readonly Notice[],
  { tone, title, text = null, session = null, undo = null, shownMs = null }: NewNotice,
): readonly Notice[] {
  const id = notices.reduce((highest, notice) => Math.max(highest, notice.id), 0) + 1;
  const others = notices.filter((notice) => notice.undo !== null || notice.title !== title || notice.text !== text);
  return [...others, { id, tone, title, text, session, undo, shownMs }].slice(-MOST_NOTICES);
}

/** A notice as the history keeps it. */
export type KeptNotice = Pick<Notice, 'tone' | 'title' | 'text' | 'session'> & { readonly at: number };

/** The history holds this many. */
const MOST_KEPT = 100;

/** The history with another notice, newest first. */
export const withKept = (
  history: readonly KeptNotice[],
  { tone, title, text = null, session = null }: NewNotice,
  at: number,
): readonly KeptNotice[] => [{ tone, title, text, session, at }, ...history].slice(0, MOST_KEPT);
