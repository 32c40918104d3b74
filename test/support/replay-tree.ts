import { applyChange } from '../../shared/replay/apply-change.ts';
import { isRadio, radioState } from '../../shared/replay/emit-state.ts';
import { valuesOf } from '../../shared/replay/log.ts';
import { createEventReader } from '../../shared/replay/read-event.ts';
import { type ContentPolicy, createStrictPolicy } from '../../shared/replay/sanitise.ts';
import { Tree } from '../../shared/replay/tree.ts';

/** Lets everything in: for tests of the layers behind the sanitiser, and of the mirror by itself. */
export const trustingPolicy: ContentPolicy = {
  tag: (tag) => tag,
  attribute: (_tag, _name, value) => value,
  forced: () => ({}),
  css: (text) => text,
};

/** A tree that takes recorded events, and what it had to complain about. */
export interface TestTree {
  readonly tree: Tree;
  readonly complaints: string[];
  readonly blocked: string[];
  apply(...events: readonly unknown[]): void;
}

/** @param policy the product's own unless given. */
export function testTree(policy?: ContentPolicy): TestTree {
  const complaints: string[] = [];
  const blocked: string[] = [];
  const complain = (reason: string): void => {
    complaints.push(reason);
  };
  const strict = createStrictPolicy({ blocked: (url) => blocked.push(url), dropped: complain });
  const tree = new Tree({ policy: policy ?? strict, complain });
  const read = createEventReader(complain);
  return {
    tree,
    complaints,
    blocked,
    apply: (...events) => {
      for (const event of events) {
        const { change } = read(event);
        if (change) applyChange(tree, change);
      }
    },
  };
}

/** Everything a tree says about its page, as one comparable value; shadow children are listed apart from the others. */
export function describe(tree: Tree): unknown {
  const nodes = tree.subtree(tree.root).map((id) => {
    const node = tree.get(id);
    const children = [...tree.children(id)];
    return {
      id,
      shape: node?.shape,
      parent: node?.parent,
      light: children.filter((child) => !child.shape.shadow).map((child) => child.id),
      shadow: children.filter((child) => child.shape.shadow).map((child) => child.id),
      attributes: node?.attributes,
      styles: Object.entries(node?.styles ?? {}),
      text: node?.text,
      // Whether a radio button was chosen or made that way shows no difference.
      input: node && isRadio(node) ? radioState(node) : node?.input,
      rules: valuesOf(node?.rules ?? null),
    };
  });
  const sheetsOf = (host: number, styleIds: readonly number[]): unknown[] =>
    styleIds.flatMap((styleId) => {
      const sheet = tree.sheets.get(styleId);
      return sheet?.document === tree.documentOf(host)
        ? [{ rules: sheet.rules, changes: valuesOf(sheet.changes) }]
        : [];
    });
  const scrolls = [...tree.scrolls.entries()].filter(([id, at]) => tree.get(id) && (at.x !== 0 || at.y !== 0));
  return {
    size: tree.size,
    viewport: tree.viewport,
    nodes: nodes.sort((a, b) => a.id - b.id),
    scrolls: scrolls.sort(([a], [b]) => a - b),
    adopted: [...tree.adopted.entries()]
      .map(([host, styleIds]) => ({ host, sheets: sheetsOf(host, styleIds) }))
      .filter(({ sheets }) => sheets.length > 0)
      .sort((a, b) => a.host - b.host),
  };
}

/** Throws where the links between nodes contradict each other. */
export function assertSound(tree: Tree): void {
  const reached = new Set(tree.subtree(tree.root));
  if (reached.size !== tree.size) throw new Error(`${tree.size} nodes known, ${reached.size} reachable`);
  for (const id of reached) {
    let previous = 0;
    for (const child of tree.children(id)) {
      if (child.parent !== id) throw new Error(`${child.id} is listed below ${id} but says ${child.parent}`);
      if (child.previous !== previous)
        throw new Error(`${child.id} says ${child.previous} precedes it, not ${previous}`);
      previous = child.id;
    }
    if ((tree.get(id)?.last ?? 0) !== previous) throw new Error(`${id} has a wrong last child`);
  }
}
