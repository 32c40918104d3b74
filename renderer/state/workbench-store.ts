import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SessionKey } from '../../shared/model/identity.ts';
import { type NewNotice, type Notice, withNotice } from './notices.ts';
import { readSaved, type SavedState, SessionMemory, savedDiffers, writeSaved } from './saved.ts';
import { NO_SELECTION, type Selection, type SelectionAction, select } from './selection.ts';
import { closeTabs, neighbourTab, openTab, type TabId } from './tabs.ts';

/** Dialogs that any part of the window can ask for. */
export type DialogName = 'servers' | 'shortcuts';

/** Ids and choices of the person at the window; data lives in the caches of `renderer/api`. */
export interface WorkbenchState extends SavedState {
  readonly search: string;
  readonly selection: Selection<SessionKey>;
  readonly dialog: DialogName | null;
  readonly notices: readonly Notice[];
}

/** Everything that changes the state. */
export interface WorkbenchActions {
  openSession(key: SessionKey): void;
  closeSessions(keys: readonly SessionKey[]): void;
  activate(tab: TabId): void;
  activateNeighbour(steps: number): void;
  select(action: SelectionAction<SessionKey>): void;
  notify(notice: NewNotice): void;
  dismiss(id: number): void;
  rememberSession(key: SessionKey, part: Partial<SessionMemory>): void;
  /** Fields without a rule of their own. */
  set(part: Partial<Omit<WorkbenchState, 'open' | 'active' | 'selection' | 'notices' | 'sessions'>>): void;
}

export type WorkbenchStore = StoreApi<WorkbenchState & WorkbenchActions>;

/** What a session's tab starts with. */
export const FRESH_SESSION: SessionMemory = SessionMemory.parse({});

/** The window's state, as it was left. Changes of the saved part are written back at once. */
export function createWorkbenchStore(storage: Storage): WorkbenchStore {
  const store = createStore<WorkbenchState & WorkbenchActions>()((set) => ({
    ...readSaved(storage),
    search: '',
    selection: NO_SELECTION,
    dialog: null,
    notices: [],
    openSession: (key) => set((state) => openTab(state, key)),
    closeSessions: (keys) =>
      set((state) => ({
        ...closeTabs(state, keys),
        sessions: Object.fromEntries(Object.entries(state.sessions).filter(([key]) => !keys.some((k) => k === key))),
      })),
    activate: (active) => set({ active }),
    activateNeighbour: (steps) => set((state) => ({ active: neighbourTab(state, steps) })),
    select: (action) => set((state) => ({ selection: select(state.selection, action) })),
    notify: (notice) => set((state) => ({ notices: withNotice(state.notices, notice) })),
    dismiss: (id) => set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
    rememberSession: (key, part) =>
      set((state) => ({
        sessions: { ...state.sessions, [key]: { ...(state.sessions[key] ?? FRESH_SESSION), ...part } },
      })),
    set: (part) => set(part),
  }));
  store.subscribe((state, before) => {
    if (savedDiffers(state, before)) writeSaved(storage, state);
  });
  return store;
}
