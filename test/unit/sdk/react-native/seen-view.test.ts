import { expect, describe as group, it } from 'vitest';
import { Block, Ignore, Mask, Unmask } from '../../../../sdk/react-native/src/privacy/marks.ts';
import { buildTree } from '../../../../sdk/react-native/src/wireframe/build-tree.ts';
import { describe, meantBy } from '../../../../sdk/react-native/src/wireframe/describe.ts';
import { createFiberIds, type Fiber } from '../../../../sdk/react-native/src/wireframe/fiber.ts';
import { pathsAt, pathTo } from '../../../../sdk/react-native/src/wireframe/hit.ts';
import { MAX_VIEWS, type SeenView, seeViews } from '../../../../sdk/react-native/src/wireframe/seen-view.ts';
import type { Box, WireNode } from '../../../../sdk/react-native/src/wireframe/wire-node.ts';
import { type FiberSpec, fibers } from './wire-trees.ts';

const screen = (...specs: FiberSpec[]) => seeViews([{ current: fibers([{ type: 'root', children: specs }]) as Fiber }]);
const view = (props: object = {}, ...children: (FiberSpec | string)[]): FiberSpec => ({
  ...{ type: 'RCTView', props: { testID: 'v', ...props }, children },
});
const text = (...children: (FiberSpec | string)[]): FiberSpec => ({ type: 'RCTText', children });
const around = (type: unknown, ...children: (FiberSpec | string)[]): FiberSpec => ({ type, children });
const shown = (views: readonly SeenView[]): string[] =>
  views.flatMap((one) => [one.text?.shown ?? one.kind, ...shown(one.children)]);

group('what is seen of a screen', () => {
  it('masks texts unless they are marked, and nothing opens what is masked or blocked', () => {
    const { views } = screen(
      text('Hello Anna'),
      around(Unmask, text('Total: ', around(Mask, '12.00')), around(Mask, around(Unmask, text('no')))),
      around(Block, around(Unmask, view({}, text('never')))),
    );
    expect(shown(views)).toEqual(['***** ****', 'Total: **.**', '**', 'View']);
    expect(views.at(-1)?.privacy).toEqual({ mask: 'forced', blocked: true, ignored: true });
  });

  it('takes nested texts as one, leaves out what is hidden, and keeps only boxes that are drawn or named', () => {
    const { views } = screen(
      around(Unmask, text('a', { type: 'RCTVirtualText', children: ['b'] }, 'c')),
      { type: 'RCTView', props: { style: [{ padding: 4 }, null] }, children: [text('in')] },
      { type: null, hidden: true, children: [text('hidden')] },
      { type: null, hidden: false, children: [text('seen')] },
      { type: 'RCTView', props: { style: { display: 'none' } }, children: [text('off')] },
      { type: 'RCTView', props: { style: [{ padding: 4 }, [{ backgroundColor: 'red' }]] } },
    );
    expect(shown(views)).toEqual(['abc', '**', '****', 'View']);
  });

  it('ends at a bound', () => {
    const { count, isCut } = screen(...Array.from({ length: MAX_VIEWS + 10 }, () => view()));
    expect({ count, isCut }).toEqual({ count: MAX_VIEWS, isCut: true });
  });
});

group('where a screen is touched', () => {
  const boxes: Record<string, Box> = {
    list: { x: 0, y: 100, width: 100, height: 100 },
    content: { x: 0, y: 60, width: 100, height: 400 },
    row: { x: 10, y: 110, width: 80, height: 20 },
    below: { x: 10, y: 210, width: 80, height: 20 },
  };
  const ids = createFiberIds(10, 2);
  const nodes: WireNode[] = buildTree(
    screen({
      ...{ type: 'RCTScrollView', props: { testID: 'list', style: { borderWidth: 2 } } },
      children: [
        view(
          { testID: 'content' },
          view(
            { testID: 'row', onClick: () => undefined, accessibilityLabel: 'Open' },
            around(Ignore, view({ testID: 'gone' })),
          ),
          view({ testID: 'below' }),
        ),
      ],
    }).views,
    ({ props }) => boxes[String(props.testID)],
    ({ fiber }) => ids.of(fiber),
  );
  const at = (x: number, y: number) => pathsAt(nodes, x, y).map((path) => path.at(-1)?.attributes['data-testid']);

  it('places what scrolls once, and says how far it is scrolled', () => {
    const [list] = nodes;
    expect(list?.scroll).toEqual({ x: 2, y: 42 });
    expect(list?.children[0]?.attributes.style).toBe('left:0px;top:0px;width:100px;height:400px');
    expect(list?.children[0]?.children[0]?.attributes.style).toContain('left:10px;top:50px');
  });

  it('finds the topmost first, and nothing beyond the edge of what scrolls', () => {
    expect(at(20, 115)).toEqual(['row', 'content', 'list']);
    expect(at(20, 195)).toEqual(['content', 'list']);
    expect(at(20, 215)).toEqual([]);
  });

  it('says what a touch is meant for, and what that is called', () => {
    const path = pathTo(nodes, ({ view: { props } }) => props.testID === 'row');
    expect(describe(meantBy(path))).toEqual({
      ...{ node: path.at(-1)?.id, selector: '[data-testid="row"]', tag: 'div', label: 'Open', interactive: true },
    });
    expect(describe([])).toEqual({ node: -1, selector: '', tag: 'div', interactive: false });
  });
});
