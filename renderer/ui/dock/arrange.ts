import {
  type DockArrangement,
  type DockGroup,
  type DockNode,
  groupOf,
  groupsOf,
  mapGroups,
  panelsOf,
  tidy,
} from './arrangement.ts';

/** Where a panel goes, seen from the group it is in. */
export type DockSide = 'left' | 'right' | 'top' | 'bottom';

/** Shows a panel and makes it the active one. */
export const show = (arrangement: DockArrangement, id: string): DockArrangement =>
  groupOf(arrangement, id) ? tidy({ ...arrangement, active: id }) : arrangement;

/** Opens a panel at the end of the active group, or comes back to it. */
export function open(arrangement: DockArrangement, id: string): DockArrangement {
  if (groupOf(arrangement, id)) return show(arrangement, id);
  const { root, active } = arrangement;
  if (root === null || active === null) return { root: { panels: [id], shown: id }, active: id };
  return mapGroups(
    arrangement,
    (group) => (group.panels.includes(active) ? { panels: [...group.panels, id], shown: id } : group),
    id,
  );
}

const survivor = (group: DockGroup, gone: ReadonlySet<string>): string | undefined => {
  const at = group.panels.indexOf(group.shown);
  return (
    group.panels.slice(at).find((id) => !gone.has(id)) ?? group.panels.slice(0, at).findLast((id) => !gone.has(id))
  );
};

/** Closes panels. In a group that loses the one it shows, its right neighbour takes over, else its left one. */
export function close(arrangement: DockArrangement, ids: readonly string[]): DockArrangement {
  const gone = new Set(ids);
  const home = arrangement.active === null ? undefined : groupOf(arrangement, arrangement.active);
  const active = home && (survivor(home, gone) ?? null);
  return mapGroups(
    arrangement,
    (group) => {
      const shown = survivor(group, gone);
      return shown === undefined ? null : { panels: group.panels.filter((id) => !gone.has(id)), shown };
    },
    active ?? null,
  );
}

/** Moves a panel into a new group at a side of its own; nothing happens to a panel that is alone in its group. */
export function splitOff(arrangement: DockArrangement, id: string, side: DockSide): DockArrangement {
  const home = groupOf(arrangement, id);
  if (home === undefined || home.panels.length < 2) return arrangement;
  const apart: DockGroup = { panels: [id], shown: id };
  return mapGroups(
    arrangement,
    (group): DockNode => {
      if (group !== home) return group;
      const panels = home.panels.filter((other) => other !== id);
      const rest = { panels, shown: survivor(home, new Set([id])) ?? '' };
      const order = side === 'left' || side === 'top' ? [apart, rest] : [rest, apart];
      return {
        axis: side === 'left' || side === 'right' ? 'row' : 'column',
        parts: order.map((node) => ({ share: 0.5, node })),
      };
    },
    id,
  );
}

/** Moves a panel to the group `steps` further on in reading order, round the end. */
export function moveToGroup(arrangement: DockArrangement, id: string, steps: number): DockArrangement {
  const groups = groupsOf(arrangement.root);
  const from = groups.findIndex(({ panels }) => panels.includes(id));
  const target = groups[(from + steps + groups.length) % groups.length];
  if (from < 0 || target === undefined || target === groups[from]) return arrangement;
  return mapGroups(
    arrangement,
    (group) => {
      if (group === target) return { panels: [...group.panels, id], shown: id };
      const panels = group.panels.filter((other) => other !== id);
      const shown = survivor(group, new Set([id]));
      return shown === undefined ? null : { panels, shown };
    },
    id,
  );
}

/** The panel `steps` to the right of the active one in its group, round the end. */
export function neighbour(arrangement: DockArrangement, steps: number): string | null {
  const group = arrangement.active === null ? undefined : groupOf(arrangement, arrangement.active);
  if (group === undefined || arrangement.active === null) return null;
  const { panels } = group;
  return panels[(panels.indexOf(arrangement.active) + steps + panels.length) % panels.length] ?? null;
}

/** The panel shown by the group `steps` further on in reading order, round the end. */
export function nextGroup(arrangement: DockArrangement, steps: number): string | null {
  const groups = groupsOf(arrangement.root);
  const at = groups.findIndex(({ panels }) => arrangement.active !== null && panels.includes(arrangement.active));
  return groups[(at + steps + groups.length) % groups.length]?.shown ?? null;
}

/** No part of a split gets smaller than this by keys. */
const LEAST_SHARE = 0.1;

/** Makes the group of the active panel wider (`row`) or higher (`column`) by a share of its split; less than 0 for smaller. */
export function resize(arrangement: DockArrangement, axis: 'row' | 'column', by: number): DockArrangement {
  const { active } = arrangement;
  const holds = (node: DockNode): boolean =>
    groupsOf(node).some(({ panels }) => active !== null && panels.includes(active));
  const walk = (node: DockNode): DockNode => {
    if ('panels' in node) return node;
    const at = node.parts.findIndex((part) => holds(part.node));
    const inner = node.parts.map((part, index) => (index === at ? { ...part, node: walk(part.node) } : part));
    const other = at === node.parts.length - 1 ? at - 1 : at + 1;
    const own = inner[at]?.share ?? 0;
    const theirs = inner[other]?.share ?? 0;
    if (node.axis !== axis || at < 0) return { ...node, parts: inner };
    const [least, most] = [LEAST_SHARE - own, theirs - LEAST_SHARE];
    if (least > most) return { ...node, parts: inner };
    const step = Math.min(most, Math.max(least, by));
    return {
      ...node,
      parts: inner.map((part, index) => {
        if (index === at) return { ...part, share: own + step };
        return index === other ? { ...part, share: theirs - step } : part;
      }),
    };
  };
  return tidy({ ...arrangement, root: arrangement.root && walk(arrangement.root) });
}

/** The arrangement with only the panels that `keep` accepts, and with `always` first in its first group if it is missing. */
export function withOnly(
  arrangement: DockArrangement,
  keep: (id: string) => boolean,
  always: readonly string[],
): DockArrangement {
  const kept = close(
    arrangement,
    panelsOf(arrangement).filter((id) => !keep(id)),
  );
  const missing = always.filter((id) => !groupOf(kept, id));
  if (missing.length === 0) return kept;
  const [first] = groupsOf(kept.root);
  if (first === undefined) return tidy({ root: { panels: missing, shown: missing[0] ?? '' }, active: kept.active });
  return mapGroups(kept, (group) => (group === first ? { ...group, panels: [...missing, ...group.panels] } : group));
}
