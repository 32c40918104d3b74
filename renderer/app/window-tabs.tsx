import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { SessionKey } from '../../shared/model/identity.ts';
import { useWorkbench } from '../api/services.tsx';
import { LibraryView } from '../features/library/library-view.tsx';
import { ComingPlace } from '../features/places/coming-place.tsx';
import { isPlace, openSessions, readTab } from '../state/tabs.ts';
import { shownPanels } from '../ui/dock/arrangement.ts';
import { Dock } from '../ui/dock/dock.tsx';
import { DockTab } from '../ui/dock/dock-tab.tsx';
import { PLACE_FACTS } from './places.ts';
import { SessionPanel } from './session-panel.tsx';
import { SessionTab } from './session-tab.tsx';

/** Sessions whose replay stays loaded behind those on the screen; each is a process of its own, so not all of them can. */
const KEPT_LOADED = 3;

/** The open sessions that were looked at last, those on the screen first. */
function useLoadedSessions(): readonly SessionKey[] {
  const tabs = useWorkbench((state) => state.tabs);
  const [recent, setRecent] = useState<readonly SessionKey[]>([]);
  const open = openSessions(tabs);
  const onScreen = open.filter((key) => shownPanels(tabs).includes(key));
  const loaded = [...onScreen, ...recent.filter((key) => open.includes(key) && !onScreen.includes(key))].slice(
    0,
    onScreen.length + KEPT_LOADED,
  );
  const order = loaded.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `order` stands for `loaded`, which is a new array each time
  useEffect(() => setRecent(loaded), [order]);
  return loaded;
}

const LiveView = lazy(async () => ({ default: (await import('../features/live/live-view.tsx')).LiveView }));

const SettingsView = lazy(async () => ({
  default: (await import('../features/settings/settings-view.tsx')).SettingsView,
}));

const tabOf = (id: string): ReactNode => {
  const tab = readTab(id);
  if (tab === null) return null;
  if (!isPlace(tab)) return <SessionTab sessionKey={tab} />;
  const { title, icon } = PLACE_FACTS[tab];
  return <DockTab id={id} title={title} icon={icon} fixed={tab === 'library'} />;
};

/** The window's tabs: places and sessions, in as many groups as a person likes. */
export function WindowTabs() {
  const tabs = useWorkbench((state) => state.tabs);
  const arrange = useWorkbench((state) => state.arrange);
  const loaded = useLoadedSessions();
  const panelOf = (id: string): ReactNode => {
    const tab = readTab(id);
    if (tab === null) return null;
    if (!isPlace(tab)) return <SessionPanel sessionKey={tab} loaded={loaded.includes(tab)} />;
    if (tab === 'library') return <LibraryView />;
    if (tab !== 'settings' && tab !== 'live') return <ComingPlace place={tab} />;
    return <Suspense>{tab === 'live' ? <LiveView /> : <SettingsView />}</Suspense>;
  };
  return <Dock label="Open tabs" arrangement={tabs} onArrange={arrange} tab={tabOf} panel={panelOf} />;
}
