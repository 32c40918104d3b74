import fc from 'fast-check';
import { expect, describe as group, it } from 'vitest';
import { difference, scrollsOf } from '../../../../sdk/react-native/src/wireframe/diff.ts';
import { snapshotOf } from '../../../../sdk/react-native/src/wireframe/document.ts';
import type { WireNode } from '../../../../sdk/react-native/src/wireframe/wire-node.ts';
import { describe, type TestTree, testTree } from '../../../support/replay-tree.ts';
import { screens } from './wire-trees.ts';

const opened = (nodes: readonly WireNode[]): TestTree => {
  const page = testTree();
  page.apply({ type: 2, timestamp: 1, data: snapshotOf(nodes) });
  page.apply(...scrollsOf(nodes).map((data) => ({ type: 3, timestamp: 1, data })));
  return page;
};
const events = (from: readonly WireNode[], to: readonly WireNode[]): object[] => {
  const { mutation, scrolls } = difference(from, to);
  return [...(mutation ? [mutation] : []), ...scrolls].map((data) => ({ type: 3, timestamp: 1, data }));
};

group('the difference of two screens', () => {
  it('leads through any chain of screens to what a snapshot of the last one shows', () => {
    fc.assert(
      fc.property(fc.array(screens, { minLength: 2, maxLength: 4 }), (chain) => {
        const page = opened(chain[0] ?? []);
        for (const [i, next] of chain.slice(1).entries()) page.apply(...events(chain[i] ?? [], next));
        expect(describe(page.tree)).toEqual(describe(opened(chain.at(-1) ?? []).tree));
        expect(page.complaints).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing between equal screens', () => {
    fc.assert(
      fc.property(screens, (screen) => {
        expect(events(screen, structuredClone(screen))).toEqual([]);
      }),
    );
  });

  it('tells that a masked text became another one of the same length', () => {
    const node = (raw: string): WireNode => ({
      ...{ id: 10, tag: 'div', attributes: {}, text: '***', raw, scroll: null, children: [] },
      ...{ box: { x: 0, y: 0, width: 0, height: 0 }, view: {} as WireNode['view'] },
    });
    expect(difference([node('one')], [node('two')]).mutation?.texts).toEqual([{ id: 11, value: '***' }]);
    expect(difference([node('one')], [node('one')]).mutation).toBeNull();
  });
});
