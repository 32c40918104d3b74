import { z } from 'zod';
import { SessionSort } from '../../shared/ipc/engine-calls.ts';
import { SessionKey } from '../../shared/model/identity.ts';
import { NO_FILTER, SessionFilter } from '../../shared/model/session-filter.ts';
import { SignalKind } from '../../shared/model/signal.ts';
import { DockArrangement } from '../ui/dock/arrangement.ts';
import { Period, SavedFilter } from './library-filter.ts';
import { FIRST_PANES, ruledPanes } from './panes.ts';
import { FIRST_TABS, ruled } from './tabs.ts';

/** Colours of the window: `system` follows the computer. */
export const Theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof Theme>;

/** Columns that a new window leaves out: they can be chosen. */
export const FIRST_HIDDEN: readonly string[] = ['clicks', 'events', 'browser', 'bytes', 'release', 'source'];

/** What a session's tab remembers. */
export const SessionMemory = z.object({
  /** Playhead, ms from the start of the session. */
  atMs: z.number().nonnegative().default(0),
  speed: z.number().positive().default(1),
  skipInactivity: z.boolean().default(false),
  /** Kinds of events left out of the list. */
  hiddenKinds: z.array(SignalKind).readonly().default([]),
  /** The stretch that the panes show, ms from the start of the session; null for all. */
  range: z.object({ fromMs: z.number().nonnegative(), toMs: z.number().positive() }).nullable().default(null),
});
export type SessionMemory = z.infer<typeof SessionMemory>;

/** The part of the state that outlives the window. Every field has a default, so that an older or damaged copy still opens. */
export const SavedState = z.object({
  /** Open tabs and how the window is split. */
  tabs: DockArrangement.transform(ruled).catch(FIRST_TABS),
  /** Sessions whose tabs were closed, newest last: they can be opened again where they were. */
  closed: z.array(SessionKey).max(20).readonly().catch([]),
  sort: SessionSort.catch('startedAt'),
  descending: z.boolean().catch(true),
  columnSizes: z.record(z.string(), z.number().min(24).max(2000)).catch({}),
  /** What decides among rows that are equal. */
  thenBy: z
    .array(z.object({ by: SessionSort, descending: z.boolean() }))
    .max(4)
    .readonly()
    .catch([]),
  hiddenColumns: z.array(z.string()).readonly().catch(FIRST_HIDDEN),
  /** Ids of columns in their order; columns that are not named keep their place. */
  columnOrder: z.array(z.string()).readonly().catch([]),
  /** Columns that stay in sight at the left. */
  pinnedColumns: z.array(z.string()).readonly().catch([]),
  filter: SessionFilter.catch(NO_FILTER),
  period: Period.catch('any'),
  savedFilters: z.array(SavedFilter).max(100).readonly().catch([]),
  facetsOpen: z.boolean().catch(true),
  preview: z.enum(['off', 'beside', 'below']).catch('off'),
  /** Width of the preview beside the list and height below it, px. */
  previewWidth: z.number().min(240).max(900).catch(320),
  previewHeight: z.number().min(120).max(900).catch(260),
  theme: Theme.catch('system'),
  /** Width of the evidence panel and height of the events list, px. */
  evidenceWidth: z.number().min(240).max(900).catch(380),
  eventsHeight: z.number().min(96).max(900).catch(200),
  /** The panes of a session. */
  panes: DockArrangement.transform(ruledPanes).catch(FIRST_PANES),
  fit: z.boolean().catch(true),
  sessions: z.record(z.string(), SessionMemory).catch({}),
});
export type SavedState = z.infer<typeof SavedState>;

/** Where the saved state lives in the page's local storage. */
const STORAGE_KEY = 'traceflow.workbench';

/** What was saved last time; what cannot be read counts as not saved. */
export function readSaved(storage: Pick<Storage, 'getItem'>): SavedState {
  const text = storage.getItem(STORAGE_KEY);
  try {
    return SavedState.parse(text === null ? {} : JSON.parse(text));
  } catch {
    return SavedState.parse({}); // a damaged copy: the defaults are a state like any other
  }
}

const FIELDS = Object.keys(SavedState.shape) as (keyof SavedState)[];

/** Whether something that outlives the window differs between two states. */
export const savedDiffers = (a: SavedState, b: SavedState): boolean => FIELDS.some((field) => a[field] !== b[field]);

/** Keeps the saved part of `state`. */
export function writeSaved(storage: Pick<Storage, 'setItem'>, state: SavedState): void {
  storage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(FIELDS.map((field) => [field, state[field]]))));
}
