import { createDockview, type DockviewApi } from 'dockview-react';
import 'dockview-react/dist/styles/dockview.css';
import { show } from './arrange.ts';
import { type DockArrangement, groupsOf, panelsOf, sameArrangement } from './arrangement.ts';
import { COMPONENT, fromDockview, toDockview } from './dockview-layout.ts';
import type { PanelHosts } from './panel-hosts.ts';
import './dock.css';

/** The docking library: it shows an arrangement and tells what a person made of it. */
export interface DockView {
  apply(arrangement: DockArrangement): void;
  setTitle(id: string, title: string): void;
  /** Puts the focus on the tab of a panel. */
  focusTab(id: string): void;
  dispose(): void;
}

/** What a dock view works with. */
export interface DockViewDeps {
  /** The whole dock, to which places of panels are relative. */
  readonly element: HTMLElement;
  /** An empty element for the library. */
  readonly grid: HTMLElement;
  /** Name of the tab lists for screen readers. */
  readonly label: string;
  readonly hosts: PanelHosts;
  /** A person moved, closed, resized or chose something. */
  readonly onArrange: (arrangement: DockArrangement) => void;
  /** Somebody asked from the keyboard to close a tab. */
  readonly onClose: (id: string) => void;
}

const THEME = {
  name: 'traceflow',
  className: 'dock-theme',
  dndTabIndicator: 'line',
  dndOverlayMounting: 'absolute',
} as const;

/**
 * Makes the view; it follows the size of the element while that has one. The library lays out empty boxes;
 * the panels themselves lie in a layer over them and are moved by style only, because a frame that is moved in the
 * document loads anew and a field loses the focus.
 */
export function createDockView({ element, grid, label, hosts, onArrange, onClose }: DockViewDeps): DockView {
  const api = createDockview(grid, {
    createComponent: () => ({ element: document.createElement('div'), init: () => {} }),
    createTabComponent: ({ id }) => ({ element: hosts.of(id).tab, init: () => {} }),
    theme: THEME,
    dndStrategy: 'pointer', // HTML5 dragging is taken by files that are dropped on the window
    disableFloatingGroups: true,
    disableTabsOverflowList: true,
    disableAutoResizing: true,
    scrollbars: 'native',
    announcements: false,
    noPanelsOverlay: 'emptyGroup',
  });
  let told: DockArrangement | null = null;
  let applying = false;

  const hasSize = (): boolean => element.clientWidth > 0 && element.clientHeight > 0;
  const place = (): void => placePanels(api, element, hosts);
  const layout = (): void => {
    if (!hasSize()) return;
    api.layout(element.clientWidth, element.clientHeight);
    place();
  };
  const sizes = new ResizeObserver((entries) =>
    entries.some(({ target }) => target === element) ? layout() : place(),
  );
  sizes.observe(element);
  const settle = (): void => {
    nameParts(api, element, label, hosts);
    place();
  };
  const listening = [
    api.onDidAddGroup((group) => {
      const box = partOf(element, group.element, '.dv-content-container');
      if (box) sizes.observe(box);
    }),
    api.onDidLayoutChange(() => {
      if (applying || told === null || !hasSize()) return;
      settle();
      const next = fromDockview(api.toJSON());
      if (sameArrangement(next, told)) return;
      told = next;
      onArrange(next);
    }),
  ];
  const onKeyDown = (event: KeyboardEvent): void => {
    const tab = event.target instanceof HTMLElement && event.target.matches('[role="tab"]') ? event.target : null;
    const id = tab?.dataset.tabPanelId;
    if (tab?.closest('.dock') !== element || id === undefined) return;
    // The library would close whatever has the focus, also tabs that stay; Backspace is no key for closing anything.
    if (event.key === 'Backspace') event.stopPropagation();
    if (event.key !== 'Delete') return;
    event.stopPropagation();
    event.preventDefault();
    onClose(id);
  };
  element.addEventListener('keydown', onKeyDown, { capture: true });

  return {
    apply: (arrangement) => {
      if (told !== null && sameArrangement(arrangement, told)) return;
      applying = true;
      layout();
      try {
        if (told === null || !adjust(api, arrangement, hosts)) {
          const box = hasSize()
            ? { width: element.clientWidth, height: element.clientHeight }
            : { width: 1000, height: 1000 };
          api.fromJSON(toDockview(arrangement, box, hosts.titleOf), { reuseExistingPanels: true });
        }
      } finally {
        applying = false;
      }
      told = arrangement;
      settle();
    },
    setTitle: (id, title) => api.getPanel(id)?.setTitle(title),
    focusTab: (id) => {
      const group = api.getPanel(id)?.group.element;
      if (group) partOf(element, group, `[role="tab"][data-tab-panel-id="${CSS.escape(id)}"]`)?.focus();
    },
    dispose: () => {
      sizes.disconnect();
      for (const one of listening) one.dispose();
      element.removeEventListener('keydown', onKeyDown, { capture: true });
      api.dispose();
    },
  };
}

/** Opens, closes and activates what differs; @returns whether that was all, so that nothing has to be laid out anew. */
function adjust(api: DockviewApi, target: DockArrangement, hosts: PanelHosts): boolean {
  const existing = new Set(panelsOf(fromDockview(api.toJSON())));
  const wanted = new Set(panelsOf(target));
  const groups = groupsOf(target.root);
  if (groups.length === 0) return false;
  for (const { panels } of groups) {
    const anchor = panels.find((id) => existing.has(id));
    if (anchor === undefined) return false;
    for (const [index, id] of panels.entries()) {
      if (existing.has(id)) continue;
      api.addPanel({
        id,
        component: COMPONENT,
        tabComponent: COMPONENT,
        title: hosts.titleOf(id),
        inactive: true,
        position: { referencePanel: anchor, index },
      });
    }
  }
  for (const panel of api.panels) if (!wanted.has(panel.id)) api.removePanel(panel);
  for (const { shown } of groups) {
    const panel = api.getPanel(shown);
    if (panel && panel.group.activePanel !== panel) panel.api.setActive();
  }
  if (target.active !== null) api.getPanel(target.active)?.api.setActive();
  return sameArrangement(show(fromDockview(api.toJSON()), target.active ?? ''), target);
}

/** A part of a group of this dock, not of a dock inside one of its panels. */
const partOf = (element: HTMLElement, group: HTMLElement, selector: string): HTMLElement | undefined =>
  [...group.querySelectorAll<HTMLElement>(selector)].find((found) => found.closest('.dock') === element);

/** Lays each panel that is shown over the box of its group. */
function placePanels(api: DockviewApi, element: HTMLElement, hosts: PanelHosts): void {
  const origin = element.getBoundingClientRect();
  if (origin.width === 0) return;
  const places = api.groups.flatMap((group) => {
    const box = partOf(element, group.element, '.dv-content-container')?.getBoundingClientRect();
    return group.activePanel && box ? [{ id: group.activePanel.id, box }] : [];
  });
  for (const { id, box } of places) {
    const { style } = hosts.of(id).content;
    style.inset = `${box.top - origin.top}px auto auto ${box.left - origin.left}px`;
    style.width = `${box.width}px`;
    style.height = `${box.height}px`;
  }
}

/** Names and roles that the library leaves open. Its own tabpanel is the empty box; the panel over it is the real one. */
function nameParts(api: DockviewApi, element: HTMLElement, label: string, hosts: PanelHosts): void {
  for (const [index, group] of api.groups.entries()) {
    group.element.setAttribute('role', 'presentation');
    group.element.removeAttribute('aria-label');
    const list = partOf(element, group.element, '.dv-tabs-container');
    list?.setAttribute('aria-label', api.groups.length > 1 ? `${label}, ${index + 1}` : label);
    for (const tab of list?.querySelectorAll<HTMLElement>('[role="tab"]') ?? []) {
      const id = tab.dataset.tabPanelId;
      if (id !== undefined) tab.setAttribute('aria-controls', hosts.of(id).content.id);
    }
    const box = partOf(element, group.element, '.dv-content-container');
    box?.removeAttribute('role');
    box?.removeAttribute('aria-labelledby');
    box?.setAttribute('aria-hidden', 'true');
  }
}
