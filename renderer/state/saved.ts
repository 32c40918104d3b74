import { z } from 'zod';
import { SessionSort } from '../../shared/ipc/engine-calls.ts';
import { SessionKey } from '../../shared/model/identity.ts';
import { NO_FILTER, SessionFilter } from '../../shared/model/session-filter.ts';
import { SignalKind } from '../../shared/model/signal.ts';
import { DockArrangement } from '../ui/dock/arrangement.ts';
import { Period, SavedFilter } from './library-filter.ts';
import { FIRST_PANES, ruledPanes } from './panes.ts';
import { FIRST_TABS, ruled } from './tabs.ts';

/** Colours of the window: `system` follows the computer, also in whether it wants more contrast. */
export const Theme = z.enum(['system', 'light', 'dark', 'contrast-light', 'contrast-dark']);
export type Theme = z.infer<typeof Theme>;

/** Columns that a new window leaves out: they can be chosen. */
export const FIRST_HIDDEN: readonly string[] = ['clicks', 'events', 'browser', 'bytes', 'release', 'source'];

/** Sizes of text that can be chosen, per cent; everything grows with it. */
export const TEXT_PERCENTS = [100, 110, 125, 150, 175, 200] as const;

/** Parts of the settings, in their order. */
export const SETTINGS_SECTIONS = ['servers', 'storage', 'appearance', 'privacy', 'models', 'shortcuts'] as const;
export const SettingsSectionId = z.enum(SETTINGS_SECTIONS);
export type SettingsSectionId = z.infer<typeof SettingsSectionId>;

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
  textPercent: z.number().min(100).max(200).catch(100),
  /** `less`: nothing moves by itself, whatever the computer says. */
  motion: z.enum(['system', 'less']).catch('system'),
  /** Chords chosen instead of a command's own, by its id. */
  keys: z.record(z.string(), z.array(z.string().max(40)).max(5).readonly()).catch({}),
  settingsSection: SettingsSectionId.catch('servers'),
  /** Width of the evidence panel and height of the events list, px. */
  evidenceWidth: z.number().min(240).max(900).catch(380),
  eventsHeight: z.number().min(96).max(900).catch(200),
  /** The panes of a session. */
  panes: DockArrangement.transform(ruledPanes).catch(FIRST_PANES),
  fit: z.boolean().catch(true),
  sessions: z.record(z.string(), SessionMemory).catch({}),
});
export type SavedState = z.infer<typeof SavedState>;

/** Where the saved state is kept; outside the page, so that it survives whatever happens to the page. */
export interface SavedText {
  /** What was kept last, null for the first start. */
  readonly read: () => string | null;
  readonly write: (text: string) => void;
}

/** What was saved last time; what cannot be read counts as not saved. */
export function readSaved({ read }: Pick<SavedText, 'read'>): SavedState {
  const text = read();
  try {
    return SavedState.parse(text === null ? {} : JSON.parse(text));
  } catch {
    return SavedState.parse({}); // a damaged copy: the defaults are a state like any other
  }
}

const FIELDS = Object.keys(SavedState.shape) as (keyof SavedState)[];

/** Whether something that outlives the window differs between two states. */
export const savedDiffers = (a: SavedState, b: SavedState): boolean => FIELDS.some((field) => a[field] !== b[field]);

/** The saved part of `state`, as it is kept. */
export const savedText = (state: SavedState): string =>
  JSON.stringify(Object.fromEntries(FIELDS.map((field) => [field, state[field]])));
