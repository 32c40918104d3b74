import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SessionKey } from '../../shared/model/identity.ts';
import { type DockSide, resize, splitOff } from '../ui/dock/arrange.ts';
import { type DockArrangement, panelsOf } from '../ui/dock/arrangement.ts';
import { type KeptNotice, type NewNotice, type Notice, withKept, withNotice } from './notices.ts';
import {
  readSaved,
  type SavedState,
  type SavedText,
  SessionMemory,
  type SettingsSectionId,
  savedDiffers,
  savedText,
} from './saved.ts';
import { NO_SELECTION, type Selection, type SelectionAction, select } from './selection.ts';
import {
  activeTab,
  closeTabs,
  moveTab,
  openSessions,
  openTab,
  readTab,
  ruled,
  stepGroup,
  stepTab,
  type TabId,
} from './tabs.ts';

/** Dialogs that any part of the window can ask for. */
export type DialogName = 'palette' | 'shortcuts';

/** Ids and choices of the person at the window; data lives in the caches of `renderer/api`. */
export interface WorkbenchState extends SavedState {
  readonly search: string;
  readonly selection: Selection<SessionKey>;
  readonly dialog: DialogName | null;
  readonly notices: readonly Notice[];
  /** What was said since the window opened, newest first. */
  readonly history: readonly KeptNotice[];
  /** Whether the history is on the screen. */
  readonly historyOpen: boolean;
  /** Sessions that go to their live edge as soon as they are followed. */
  readonly toLive: readonly SessionKey[];
}

/** Everything that changes the state. */
export interface WorkbenchActions {
  /** Opens a tab, or comes back to it. */
  openTab(tab: TabId): void;
  closeTabs(tabs: readonly TabId[]): void;
  /** Sessions that are deleted: their tabs close and cannot be opened again. */
  forgetSessions(keys: readonly SessionKey[]): void;
  /** Opens the session again whose tab was closed last. */
  reopenTab(): void;
  /** Opens the settings at one of their sections. */
  openSettings(section: SettingsSectionId): void;
  closeOtherTabs(): void;
  /** Takes over what a person did with the tabs themselves. */
  arrange(tabs: DockArrangement): void;
  /** These act on the active tab and its group. */
  stepTab(steps: number): void;
  stepGroup(steps: number): void;
  moveTab(steps: number): void;
  splitTab(side: DockSide): void;
  resizeGroup(axis: 'row' | 'column', share: number): void;
  select(action: SelectionAction<SessionKey>): void;
  notify(notice: NewNotice): void;
  dismiss(id: number): void;
  rememberSession(key: SessionKey, part: Partial<SessionMemory>): void;
  /** Fields without a rule of their own. */
  set(part: Partial<Omit<WorkbenchState, 'tabs' | 'closed' | 'selection' | 'notices' | 'history' | 'sessions'>>): void;
}

export type WorkbenchStore = StoreApi<WorkbenchState & WorkbenchActions>;

/** What a session's tab starts with. */
export const FRESH_SESSION: SessionMemory = SessionMemory.parse({});

/** Closed sessions that can be opened again. */
const MOST_CLOSED = 20;

/** Other tabs, with what follows: sessions that went are kept for coming back, their memory with them, those before are forgotten. */
function withTabs(
  { tabs: before, closed: closedBefore, sessions }: Pick<WorkbenchState, 'tabs' | 'closed' | 'sessions'>,
  tabs: DockArrangement,
): Pick<WorkbenchState, 'tabs' | 'closed' | 'sessions'> {
  const open = openSessions(tabs);
  const gone = openSessions(before).filter((key) => !open.includes(key));
  const closed = [...closedBefore.filter((key) => !open.includes(key) && !gone.includes(key)), ...gone].slice(
    -MOST_CLOSED,
  );
  const known = new Set<string>([...open, ...closed]);
  return { tabs, closed, sessions: Object.fromEntries(Object.entries(sessions).filter(([key]) => known.has(key))) };
}

/** The window's state, as it was left. Changes of the saved part are written back at once. */
export function createWorkbenchStore(saved: SavedText, now: () => number = Date.now): WorkbenchStore {
  const store = createStore<WorkbenchState & WorkbenchActions>()((set) => ({
    ...readSaved(saved),
    search: '',
    selection: NO_SELECTION,
    dialog: null,
    notices: [],
    history: [],
    historyOpen: false,
    toLive: [],
    openTab: (tab) => set((state) => withTabs(state, openTab(state.tabs, tab))),
    closeTabs: (tabs) => set((state) => withTabs(state, closeTabs(state.tabs, tabs))),
    forgetSessions: (keys) =>
      set((state) => {
        const left = withTabs(state, closeTabs(state.tabs, keys));
        return withTabs({ ...left, closed: left.closed.filter((key) => !keys.includes(key)) }, left.tabs);
      }),
    reopenTab: () =>
      set((state) => {
        const last = state.closed.at(-1);
        return last === undefined ? {} : withTabs(state, openTab(state.tabs, last));
      }),
    openSettings: (settingsSection) =>
      set((state) => ({ settingsSection, ...withTabs(state, openTab(state.tabs, 'settings')) })),
    closeOtherTabs: () =>
      set((state) => {
        const kept = activeTab(state.tabs);
        const others = panelsOf(state.tabs).flatMap((id) => readTab(id) ?? []);
        return withTabs(
          state,
          closeTabs(
            state.tabs,
            others.filter((tab) => tab !== kept),
          ),
        );
      }),
    arrange: (tabs) => set((state) => withTabs(state, ruled(tabs))),
    stepTab: (steps) => set(({ tabs }) => ({ tabs: stepTab(tabs, steps) })),
    stepGroup: (steps) => set(({ tabs }) => ({ tabs: stepGroup(tabs, steps) })),
    moveTab: (steps) => set(({ tabs }) => ({ tabs: moveTab(tabs, steps) })),
    splitTab: (side) => set(({ tabs }) => ({ tabs: splitOff(tabs, activeTab(tabs), side) })),
    resizeGroup: (axis, share) => set(({ tabs }) => ({ tabs: resize(tabs, axis, share) })),
    select: (action) => set((state) => ({ selection: select(state.selection, action) })),
    notify: (notice) =>
      set((state) => ({
        notices: withNotice(state.notices, notice),
        history: withKept(state.history, notice, now()),
      })),
    dismiss: (id) => set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
    rememberSession: (key, part) =>
      set((state) =>
        openSessions(state.tabs).includes(key) || state.closed.includes(key)
          ? { sessions: { ...state.sessions, [key]: { ...(state.sessions[key] ?? FRESH_SESSION), ...part } } }
          : {},
      ),
    set: (part) => set(part),
  }));
  store.subscribe((state, before) => {
    if (savedDiffers(state, before)) saved.write(savedText(state));
  });
  return store;
}
