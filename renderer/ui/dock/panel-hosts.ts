/** The two elements of a panel that outlive every change of the layout: React draws into them, the dock places them. */
export interface PanelHost {
  readonly content: HTMLElement;
  readonly tab: HTMLElement;
}

/** The hosts of one dock's panels, made when they are first asked for. */
export interface PanelHosts {
  of(id: string): PanelHost;
  /** The panel that holds `element`. */
  holding(element: Element): string | undefined;
  titleOf(id: string): string;
  setTitle(id: string, title: string): void;
  /** Puts the contents of `ids` into `layer`, where each stays until it is no longer among them. */
  keep(ids: readonly string[], layer: HTMLElement): void;
}

/** @param prefix makes the ids of elements unique within the document */
export function createPanelHosts(prefix: string): PanelHosts {
  const hosts = new Map<string, PanelHost>();
  const titles = new Map<string, string>();
  const make = (id: string): PanelHost => {
    const content = document.createElement('div');
    content.className = 'dock-panel';
    content.id = `${prefix}-${id}`;
    content.tabIndex = -1;
    content.setAttribute('role', 'tabpanel');
    content.setAttribute('aria-label', titles.get(id) ?? id);
    const tab = document.createElement('div');
    tab.className = 'dock-tab-host';
    return { content, tab };
  };
  const of = (id: string): PanelHost => {
    const host = hosts.get(id) ?? make(id);
    hosts.set(id, host);
    return host;
  };
  return {
    of,
    holding: (element) => [...hosts].find(([, { content }]) => content.contains(element))?.[0],
    titleOf: (id) => titles.get(id) ?? id,
    setTitle: (id, title) => {
      titles.set(id, title);
      hosts.get(id)?.content.setAttribute('aria-label', title);
    },
    keep: (ids, layer) => {
      for (const [id, { content }] of [...hosts]) {
        if (ids.includes(id)) continue;
        content.remove();
        hosts.delete(id);
        titles.delete(id);
      }
      for (const id of ids) {
        const { content } = of(id);
        if (content.parentElement !== layer) layer.append(content);
      }
    },
  };
}
