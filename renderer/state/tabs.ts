import { SessionKey } from '../../shared/model/identity.ts';
import { close, moveToGroup, neighbour, nextGroup, open, show, withOnly } from '../ui/dock/arrange.ts';
import { type DockArrangement, oneGroup, panelsOf } from '../ui/dock/arrangement.ts';

/** Tabs that are not sessions, in the order of the rail. */
export const PLACES = ['library', 'live', 'insights', 'findings', 'query', 'settings'] as const;
export type Place = (typeof PLACES)[number];

/** What a tab of the window holds: a place, or one session. */
export type TabId = Place | SessionKey;

/** Whether a tab is a place and not a session. */
export const isPlace = (id: string): id is Place => PLACES.some((place) => place === id);

/** A panel id of the window's dock as what it is; null for what cannot be a tab. */
export const readTab = (id: string): TabId | null => (isPlace(id) ? id : (SessionKey.safeParse(id).data ?? null));

/** What the window starts with. */
export const FIRST_TABS: DockArrangement = oneGroup(['library']);

/** The rules of the window's tabs: nothing but tabs, and the library is always there. */
export const ruled = (tabs: DockArrangement): DockArrangement =>
  withOnly(tabs, (id) => readTab(id) !== null, ['library']);

/** The session keys among the tabs, in reading order. */
export const openSessions = (tabs: DockArrangement): readonly SessionKey[] =>
  panelsOf(tabs).flatMap((id) => {
    const tab = readTab(id);
    return tab === null || isPlace(tab) ? [] : [tab];
  });

/** The tab that keys act on. */
export const activeTab = (tabs: DockArrangement): TabId =>
  (tabs.active === null ? null : readTab(tabs.active)) ?? 'library';

/** Opens a tab in the active group, or comes back to it. */
export const openTab = (tabs: DockArrangement, id: TabId): DockArrangement => open(tabs, id);

/** Closes tabs; the library stays. */
export const closeTabs = (tabs: DockArrangement, ids: readonly TabId[]): DockArrangement =>
  ruled(
    close(
      tabs,
      ids.filter((id) => id !== 'library'),
    ),
  );

/** Activates the tab `steps` to the right in the group of the active one, round the end. */
export const stepTab = (tabs: DockArrangement, steps: number): DockArrangement =>
  show(tabs, neighbour(tabs, steps) ?? 'library');

/** Activates the group `steps` further on. */
export const stepGroup = (tabs: DockArrangement, steps: number): DockArrangement =>
  show(tabs, nextGroup(tabs, steps) ?? 'library');

/** Moves the active tab to the group `steps` further on. */
export const moveTab = (tabs: DockArrangement, steps: number): DockArrangement =>
  moveToGroup(tabs, activeTab(tabs), steps);
