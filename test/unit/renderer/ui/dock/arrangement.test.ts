import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  close,
  moveToGroup,
  neighbour,
  nextGroup,
  open,
  resize,
  show,
  splitOff,
} from '../../../../../renderer/ui/dock/arrange.ts';
import {
  DockArrangement,
  type DockNode,
  groupsOf,
  oneGroup,
  panelsOf,
  sameArrangement,
  shownPanels,
} from '../../../../../renderer/ui/dock/arrangement.ts';
import { fromDockview, toDockview } from '../../../../../renderer/ui/dock/dockview-layout.ts';

const two = splitOff(oneGroup(['a', 'b', 'c'], 'b'), 'c', 'right');

/** What a person can do, as data. */
const step = fc.oneof(
  fc.record({ do: fc.constant('open' as const), id: fc.nat(6) }),
  fc.record({ do: fc.constant('close' as const), id: fc.nat(6) }),
  fc.record({ do: fc.constant('show' as const), id: fc.nat(6) }),
  fc.record({
    do: fc.constant('split' as const),
    id: fc.nat(6),
    side: fc.constantFrom('left', 'right', 'top', 'bottom'),
  }),
  fc.record({ do: fc.constant('move' as const), id: fc.nat(6), steps: fc.constantFrom(-1, 1) }),
  fc.record({
    do: fc.constant('resize' as const),
    axis: fc.constantFrom('row', 'column'),
    by: fc.constantFrom(-0.3, 0.3),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
const after = (now: DockArrangement, action: Step): DockArrangement => {
  switch (action.do) {
    case 'open':
      return open(now, `p${action.id}`);
    case 'close':
      return close(now, [`p${action.id}`]);
    case 'show':
      return show(now, `p${action.id}`);
    case 'split':
      return splitOff(now, `p${action.id}`, action.side);
    case 'move':
      return moveToGroup(now, `p${action.id}`, action.steps);
    case 'resize':
      return resize(now, action.axis, action.by);
  }
};
const arrangements = fc
  .array(step, { maxLength: 30 })
  .map((steps) => steps.reduce<DockArrangement>(after, { root: null, active: null }));

const faults = ({ root, active }: DockArrangement): string[] => {
  const found: string[] = [];
  const walk = (node: DockNode, axis: string | null): void => {
    if ('panels' in node) {
      if (!node.panels.includes(node.shown)) found.push('a group shows what it does not hold');
      return;
    }
    if (node.axis === axis) found.push('a split inside one of the same axis');
    if (node.parts.length < 2) found.push('a split of fewer than two');
    if (Math.abs(node.parts.reduce((sum, { share }) => sum + share, 0) - 1) > 1e-9) found.push('shares are not 1');
    for (const part of node.parts) walk(part.node, node.axis);
  };
  if (root !== null) walk(root, null);
  const panels = groupsOf(root).flatMap((group) => group.panels);
  if (new Set(panels).size !== panels.length) found.push('a panel twice');
  if (panels.length > 0 && !groupsOf(root).some(({ shown }) => shown === active))
    found.push('the active one is hidden');
  return found;
};

describe('an arrangement', () => {
  it('opens in the active group and comes back to what is open', () => {
    expect(panelsOf(open(oneGroup(['a', 'b', 'c'], 'b'), 'd'))).toEqual(['a', 'b', 'c', 'd']);
    expect(open(two, 'a')).toMatchObject({ active: 'a' });
    expect(panelsOf(open(show(two, 'a'), 'd'))).toEqual(['a', 'b', 'd', 'c']);
  });
  it('gives way to the right neighbour, then the left one, then another group', () => {
    const row = oneGroup(['a', 'b', 'c'], 'b');
    expect(close(row, ['b']).active).toBe('c');
    expect(close(show(row, 'c'), ['c']).active).toBe('b');
    expect(close(two, ['c'])).toEqual(oneGroup(['a', 'b'], 'b'));
    expect(close(two, ['a', 'b', 'c'])).toEqual({ root: null, active: null });
    expect(close(row, ['a']).active).toBe('b');
  });
  it('splits, moves and resizes', () => {
    expect(shownPanels(two)).toEqual(['b', 'c']);
    expect(splitOff(two, 'c', 'left')).toBe(two);
    expect(moveToGroup(two, 'b', 1).root).toMatchObject({
      parts: [{ node: { panels: ['a'] } }, { node: { shown: 'b' } }],
    });
    expect(panelsOf(moveToGroup(two, 'c', 1))).toEqual(['a', 'b', 'c']);
    expect(resize(two, 'row', 0.2).root).toMatchObject({ parts: [{ share: 0.3 }, { share: 0.7 }] });
    expect(sameArrangement(resize(two, 'row', 0.9), resize(two, 'row', 0.4))).toBe(true);
    expect(sameArrangement(resize(resize(two, 'row', 0.4), 'row', -0.4), two)).toBe(true);
    expect(sameArrangement(resize(two, 'column', 0.2), two)).toBe(true);
  });
  it('goes round', () => {
    expect(neighbour(oneGroup(['a', 'b'], 'b'), 1)).toBe('a');
    expect(nextGroup(two, 1)).toBe('b');
    expect(nextGroup(show(two, 'a'), -1)).toBe('c');
  });
  it('keeps its rules whatever a person does, and survives being kept and shown', () => {
    fc.assert(
      fc.property(arrangements, (arrangement) => {
        expect(faults(arrangement)).toEqual([]);
        expect(DockArrangement.parse(JSON.parse(JSON.stringify(arrangement)))).toEqual(arrangement);
        const shown = fromDockview(toDockview(arrangement, { width: 1600, height: 900 }, (id) => id));
        expect(sameArrangement(shown, arrangement)).toBe(true);
      }),
    );
  });
  it('mends what is kept, and refuses what is no arrangement', () => {
    const kept = {
      root: {
        axis: 'row',
        parts: [
          { share: 0, node: { panels: ['a', 'b', 'a'], shown: 'x' } },
          { share: 0, node: { axis: 'row', parts: [{ share: 1, node: { panels: ['b'], shown: 'b' } }] } },
          { share: 0, node: { axis: 'column', parts: [] } },
        ],
      },
      active: 'z',
    };
    expect(DockArrangement.parse(kept)).toEqual(oneGroup(['a', 'b']));
    for (const bad of [null, {}, { root: 7, active: null }, { root: { panels: [1] }, active: null }]) {
      expect(DockArrangement.safeParse(bad).success).toBe(false);
    }
  });
});
