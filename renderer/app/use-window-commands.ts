import { flushSync } from 'react-dom';
import type { CommandIdOf } from '../../shared/ipc/commands.ts';
import { useServices } from '../api/services.tsx';
import { useCommands } from '../api/use-commands.ts';
import { SEARCH_ID } from '../features/library/library-toolbar.tsx';
import { useLibraryActions } from '../features/library/use-library-actions.ts';
import type { CommandHandlers } from '../state/command-registry.ts';
import { TEXT_PERCENTS, Theme } from '../state/saved.ts';
import { activeTab } from '../state/tabs.ts';

/** Part of its split that a group grows or shrinks by at one press. */
const RESIZE_SHARE = 0.05;

const nextOf = <T>(all: readonly T[], now: T): T => all[(all.indexOf(now) + 1) % all.length] ?? now;

/** The size of text one step from `now`. */
const stepText = (now: number, larger: boolean): number =>
  (larger
    ? TEXT_PERCENTS.find((percent) => percent > now)
    : TEXT_PERCENTS.toReversed().find((percent) => percent < now)) ?? now;

/** What the window itself can do. */
export function useWindowCommands(): void {
  const { store } = useServices();
  const { openRecording, exploreDemo, syncAll } = useLibraryActions();
  const state = store.getState;
  const handlers = {
    palette: () => state().set({ dialog: 'palette' }),
    openRecording,
    exploreDemo,
    syncAll,
    search: () => {
      flushSync(() => state().openTab('library')); // what is typed right after it goes into the field
      document.getElementById(SEARCH_ID)?.focus();
    },
    goLibrary: () => state().openTab('library'),
    goLive: () => state().openTab('live'),
    goInsights: () => state().openTab('insights'),
    goFindings: () => state().openTab('findings'),
    goQuery: () => state().openTab('query'),
    settings: () => state().openTab('settings'),
    servers: () => state().openSettings('servers'),
    nextTab: () => state().stepTab(1),
    previousTab: () => state().stepTab(-1),
    closeTab: () => state().closeTabs([activeTab(state().tabs)]),
    closeOtherTabs: () => state().closeOtherTabs(),
    reopenTab: () => state().reopenTab(),
    splitRight: () => state().splitTab('right'),
    splitDown: () => state().splitTab('bottom'),
    moveTabOn: () => state().moveTab(1),
    moveTabBack: () => state().moveTab(-1),
    nextGroup: () => state().stepGroup(1),
    previousGroup: () => state().stepGroup(-1),
    wider: () => state().resizeGroup('row', RESIZE_SHARE),
    narrower: () => state().resizeGroup('row', -RESIZE_SHARE),
    taller: () => state().resizeGroup('column', RESIZE_SHARE),
    lower: () => state().resizeGroup('column', -RESIZE_SHARE),
    textLarger: () => state().set({ textPercent: stepText(state().textPercent, true) }),
    textSmaller: () => state().set({ textPercent: stepText(state().textPercent, false) }),
    textReset: () => state().set({ textPercent: 100 }),
    nextTheme: () => state().set({ theme: nextOf(Theme.options, state().theme) }),
    notifications: () => state().set({ historyOpen: !state().historyOpen }),
    shortcuts: () => state().set({ dialog: 'shortcuts' }),
  } satisfies Required<CommandHandlers<'window'>> & Record<CommandIdOf<'window'>, () => void>;
  useCommands('window', handlers);
}
