import { type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { messageOf } from '../../../shared/lib/app-error.ts';
import { close } from './arrange.ts';
import { type DockArrangement, panelsOf, shownPanels } from './arrangement.ts';
import { TabContext } from './dock-tab.tsx';
import type { DockView } from './dock-view.ts';
import { PanelContext, usePanel } from './panel-context.ts';
import { createPanelHosts } from './panel-hosts.ts';
import { usePanelFocus } from './use-panel-focus.ts';
import './dock-frame.css';

/**
 * Panels in tabs that can be split, dragged, resized and closed. The arrangement is the owner's: it is shown as given, and
 * what a person changes is handed to `onArrange`. A panel is drawn when it is first shown and then kept until it is closed,
 * hidden or not (`usePanel`); it never moves in the document. Docks nest: a panel may hold a dock.
 */
export function Dock({
  label,
  arrangement,
  onArrange,
  tab,
  panel,
}: {
  /** Name of the tab lists for screen readers. */
  label: string;
  arrangement: DockArrangement;
  onArrange: (next: DockArrangement) => void;
  /** A `DockTab`. */
  tab: (id: string) => ReactNode;
  panel: (id: string) => ReactNode;
}) {
  const element = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const [hosts] = useState(() => createPanelHosts(prefix));
  const [view, setView] = useState<DockView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  /** A tab was closed that had the focus: its neighbour's tab gets it. */
  const refocus = useRef(false);
  const latest = useRef({ arrangement, onArrange });
  useLayoutEffect(() => {
    latest.current = { arrangement, onArrange };
  });
  const closePanel = useCallback((id: string) => {
    const { arrangement: now, onArrange: tell } = latest.current;
    tell(close(now, [id]));
  }, []);

  useEffect(() => {
    let gone = false;
    let made: DockView | null = null;
    import('./dock-view.ts').then(
      ({ createDockView }) => {
        if (gone || !element.current || !grid.current) return;
        made = createDockView({
          element: element.current,
          grid: grid.current,
          label,
          hosts,
          onArrange: (next) => latest.current.onArrange(next),
          onClose: (id) => {
            refocus.current = true;
            closePanel(id);
          },
        });
        setView(made);
      },
      (error: unknown) => setFailure(messageOf(error)),
    );
    return () => {
      gone = true;
      made?.dispose();
    };
  }, [hosts, label, closePanel]);

  const ids = panelsOf(arrangement);
  const shown = shownPanels(arrangement);
  const [seen, setSeen] = useState<readonly string[]>([]);
  const drawn = ids.filter((id) => shown.includes(id) || seen.includes(id));
  useEffect(() => {
    setSeen((before) => (before.length === drawn.length && drawn.every((id) => before.includes(id)) ? before : drawn));
  });

  useLayoutEffect(() => {
    if (layer.current) hosts.keep(ids, layer.current);
    for (const id of ids) hosts.of(id).content.hidden = !shown.includes(id);
    view?.apply(arrangement);
    if (refocus.current && arrangement.active !== null) view?.focusTab(arrangement.active);
    refocus.current = false;
  });
  usePanelFocus(layer, hosts, arrangement, onArrange);

  const actions = useMemo(
    () => ({
      setTitle: (id: string, title: string) => {
        hosts.setTitle(id, title);
        view?.setTitle(id, title);
      },
      close: closePanel,
    }),
    [hosts, view, closePanel],
  );
  const outer = usePanel();
  return (
    <TabContext value={actions}>
      <div ref={element} className="dock">
        {view === null && <div className="dock-waiting" />}
        {failure !== null && <p role="alert">{`The layout of the window could not be loaded. ${failure}`}</p>}
        <div ref={grid} className="dock-grid" />
        <div ref={layer} className="dock-layer" />
      </div>
      {view !== null && ids.map((id) => createPortal(tab(id), hosts.of(id).tab, `tab ${id}`))}
      {drawn
        .filter((id) => view !== null || id === arrangement.active)
        .map((id) =>
          createPortal(
            <PanelContext
              value={{
                id,
                visible: outer.visible && shown.includes(id),
                active: outer.active && arrangement.active === id,
              }}
            >
              {panel(id)}
            </PanelContext>,
            hosts.of(id).content,
            id,
          ),
        )}
    </TabContext>
  );
}
