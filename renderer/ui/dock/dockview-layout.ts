import type { GroupviewPanelState, SerializedDockview } from 'dockview-react';
import { type DockArrangement, type DockNode, groupsOf, panelsOf, tidy } from './arrangement.ts';

type GridNode = SerializedDockview['grid']['root'];
type GroupState = Exclude<GridNode['data'], readonly unknown[]>;
type Orientation = SerializedDockview['grid']['orientation'];

/** Size of the dock, px. */
export interface DockBox {
  readonly width: number;
  readonly height: number;
}

// The values of dockview's enum; written out, because importing it would load the library.
const HORIZONTAL = 'HORIZONTAL' as Orientation;
const VERTICAL = 'VERTICAL' as Orientation;

/** Name under which the dock's one kind of panel and of tab is known to dockview. */
export const COMPONENT = 'panel';

/** An arrangement as dockview reads it. */
export function toDockview(
  arrangement: DockArrangement,
  box: DockBox,
  titleOf: (id: string) => string,
): SerializedDockview {
  const groups = groupsOf(arrangement.root);
  const groupId = (at: number): string => `group-${at}`;
  /** @param length px along the axis of the split that the node is in */
  const nodeOf = (node: DockNode, length: number, inner: DockBox): GridNode => {
    if ('panels' in node) {
      const data = { id: groupId(groups.indexOf(node)), views: [...node.panels], activeView: node.shown };
      return { type: 'leaf', data: data as GroupState, size: length };
    }
    return { type: 'branch', data: partsOf(node, inner), size: length };
  };
  const partsOf = (node: Extract<DockNode, { axis: string }>, inner: DockBox): GridNode[] =>
    node.parts.map(({ share, node: below }) => {
      const width = node.axis === 'row' ? inner.width * share : inner.width;
      const height = node.axis === 'row' ? inner.height : inner.height * share;
      return nodeOf(below, node.axis === 'row' ? width : height, { width, height });
    });
  const { root, active } = arrangement;
  const data = root === null ? [] : 'panels' in root ? [nodeOf(root, box.width, box)] : partsOf(root, box);
  const axis = root !== null && 'axis' in root ? root.axis : 'row';
  const activeGroup = groups.findIndex(({ panels }) => active !== null && panels.includes(active));
  return {
    grid: {
      root: { type: 'branch', data, size: axis === 'row' ? box.height : box.width },
      ...box,
      orientation: axis === 'row' ? HORIZONTAL : VERTICAL,
    },
    panels: Object.fromEntries(panelsOf(arrangement).map((id) => [id, stateOf(id, titleOf(id))])),
    ...(activeGroup >= 0 ? { activeGroup: groupId(activeGroup) } : {}),
  };
}

const stateOf = (id: string, title: string): GroupviewPanelState => ({
  id,
  contentComponent: COMPONENT,
  tabComponent: COMPONENT,
  title,
  renderer: 'onlyWhenVisible',
});

/** What dockview shows, as an arrangement. */
export function fromDockview({ grid, activeGroup }: SerializedDockview): DockArrangement {
  let active: string | null = null;
  const nodeOf = (node: GridNode, axis: 'row' | 'column'): DockNode => {
    if (!Array.isArray(node.data)) {
      const { id, views, activeView } = node.data;
      if (id === activeGroup) active = activeView ?? null;
      return { panels: views, shown: activeView ?? '' };
    }
    return {
      axis,
      parts: node.data.map((part) => ({
        share: part.size ?? 1,
        node: nodeOf(part, axis === 'row' ? 'column' : 'row'),
      })),
    };
  };
  const root = nodeOf(grid.root, grid.orientation === HORIZONTAL ? 'row' : 'column');
  return tidy({ root, active });
}
