import { z } from 'zod';

/** Panels on top of each other, one of them shown. */
export interface DockGroup {
  /** Ids of panels in the order of their tabs; never empty. */
  readonly panels: readonly string[];
  readonly shown: string;
}

/** Groups or further splits beside each other (`row`) or below each other (`column`); at least two, of the other axis. */
export interface DockSplit {
  readonly axis: 'row' | 'column';
  readonly parts: readonly DockPart[];
}

/** One part of a split. */
export interface DockPart {
  /** Part of the length of the split; the shares of a split add up to 1. */
  readonly share: number;
  readonly node: DockNode;
}

export type DockNode = DockGroup | DockSplit;

/** Which panels there are and where. Plain data: what a person chose, kept and restored; the dock only shows it. */
export interface DockArrangement {
  /** Null when every panel is closed. */
  readonly root: DockNode | null;
  /** The panel that keys act on: the shown one of the group that was used last. */
  readonly active: string | null;
}

const Id = z.string().min(1).max(200);
const Group = z.object({ panels: z.array(Id).max(200), shown: Id });
const Split = z.object({
  axis: z.enum(['row', 'column']),
  get parts() {
    return z.array(z.object({ share: z.number().nonnegative(), node: z.union([Group, Split]) })).max(50);
  },
});

/** Reads a kept arrangement and mends what can be mended; fails on anything else. */
export const DockArrangement: z.ZodType<DockArrangement> = z
  .object({ root: z.union([Group, Split]).nullable(), active: z.string().nullable() })
  .transform((read) => tidy(read));

/** One group of `panels`, the first of them shown unless `active` names another. */
export const oneGroup = (panels: readonly string[], active: string | undefined = panels[0]): DockArrangement =>
  tidy({ root: { panels, shown: active ?? '' }, active: active ?? null });

const isGroup = (node: DockNode): node is DockGroup => 'panels' in node;

/** The groups below `node`, in reading order. */
export const groupsOf = (node: DockNode | null): readonly DockGroup[] => {
  if (node === null) return [];
  return isGroup(node) ? [node] : node.parts.flatMap((part) => groupsOf(part.node));
};

/** Ids of all panels, in reading order. */
export const panelsOf = (arrangement: DockArrangement): readonly string[] =>
  groupsOf(arrangement.root).flatMap(({ panels }) => panels);

/** Ids of the panels that are on the screen: one for each group. */
export const shownPanels = (arrangement: DockArrangement): readonly string[] =>
  groupsOf(arrangement.root).map(({ shown }) => shown);

/** The group that holds a panel. */
export const groupOf = (arrangement: DockArrangement, id: string): DockGroup | undefined =>
  groupsOf(arrangement.root).find(({ panels }) => panels.includes(id));

/** The arrangement with every group replaced by what `change` makes of it; null takes a group away. */
export const mapGroups = (
  arrangement: DockArrangement,
  change: (group: DockGroup) => DockNode | null,
  active: string | null = arrangement.active,
): DockArrangement => {
  const walk = (node: DockNode): DockNode | null => {
    if (isGroup(node)) return change(node);
    return {
      ...node,
      parts: node.parts.flatMap(({ share, node: below }) => {
        const changed = walk(below);
        return changed ? [{ share, node: changed }] : [];
      }),
    };
  };
  return tidy({ root: arrangement.root && walk(arrangement.root), active });
};

/**
 * The same arrangement with its rules kept: no panel twice, no empty group, no split of one part or inside a split of the
 * same axis, shares that add up to 1, and an active panel that is shown.
 */
export function tidy({ root, active }: DockArrangement): DockArrangement {
  const seen = new Set<string>();
  const walk = (node: DockNode): DockNode | null => {
    if (isGroup(node)) {
      const panels = node.panels.filter((id) => !seen.has(id) && seen.add(id));
      const [first] = panels;
      if (first === undefined) return null;
      return { panels, shown: panels.includes(node.shown) ? node.shown : first };
    }
    const parts = node.parts.flatMap(({ share, node: below }): readonly DockPart[] => {
      const kept = walk(below);
      if (kept === null) return [];
      if (isGroup(kept) || kept.axis !== node.axis) return [{ share, node: kept }];
      return kept.parts.map((part) => ({ ...part, share: part.share * share }));
    });
    const [only] = parts;
    if (only === undefined) return null;
    if (parts.length === 1) return only.node;
    const whole = parts.reduce((sum, { share }) => sum + share, 0);
    return {
      axis: node.axis,
      parts: parts.map(({ share, node: below }) => ({
        share: whole > 0 ? share / whole : 1 / parts.length,
        node: below,
      })),
    };
  };
  const kept = root === null ? null : walk(root);
  const groups = groupsOf(kept);
  const present = groups.some(({ panels }) => active !== null && panels.includes(active));
  const now = present ? active : (groups[0]?.shown ?? null);
  return { root: kept === null ? null : withShown(kept, now), active: now };
}

const withShown = (node: DockNode, id: string | null): DockNode => {
  if (!isGroup(node)) {
    return { ...node, parts: node.parts.map((part) => ({ ...part, node: withShown(part.node, id) })) };
  }
  return id !== null && node.panels.includes(id) && node.shown !== id ? { ...node, shown: id } : node;
};

/** Shares that differ by less than this are the same: a pixel of rounding is no choice. */
const SAME_SHARE = 0.002;

/** Whether two arrangements show the same, `sizes` aside if it is false. */
export function sameArrangement(a: DockArrangement, b: DockArrangement, sizes = true): boolean {
  const same = (x: DockNode | null, y: DockNode | null): boolean => {
    if (x === null || y === null) return x === y;
    if (isGroup(x) || isGroup(y)) {
      return isGroup(x) && isGroup(y) && x.shown === y.shown && x.panels.join('\n') === y.panels.join('\n');
    }
    if (x.axis !== y.axis || x.parts.length !== y.parts.length) return false;
    return x.parts.every((part, index) => {
      const other = y.parts[index];
      if (other === undefined) return false;
      return (!sizes || Math.abs(part.share - other.share) < SAME_SHARE) && same(part.node, other.node);
    });
  };
  return a.active === b.active && same(a.root, b.root);
}
