import { applyMutation } from './apply-mutation.ts';
import { append } from './log.ts';
import type { PageChange, RuleChange } from './page-change.ts';
import { placeNodes } from './place-node.ts';
import type { Tree } from './tree.ts';

type Snapshot = Extract<PageChange, { kind: 'snapshot' }>;

/** Does to the tree what a recorded event did to the page. */
export function applyChange(tree: Tree, change: PageChange): void {
  switch (change.kind) {
    case 'viewport':
      tree.viewport = { width: change.width, height: change.height };
      return;
    case 'snapshot':
      applySnapshot(tree, change);
      return;
    case 'mutation':
      applyMutation(tree, change);
      return;
    case 'scroll':
      if (tree.get(change.id)) tree.scrolls.set(change.id, { x: change.x, y: change.y });
      return;
    case 'input':
      if (tree.tagOf(change.id)) tree.patch(change.id, { input: { text: change.text, isChecked: change.isChecked } });
      return;
    case 'rule':
      applyRule(tree, change.id, change.styleId, safeRule(tree, change.change));
      return;
    case 'adopted':
      for (const { styleId, rules } of change.styles) {
        const safe = rules.map((rule) => ({ ...rule, rule: tree.rules.policy.css(rule.rule) }));
        tree.sheets.set(styleId, { document: tree.documentOf(change.id), rules: safe, changes: null });
      }
      if (tree.get(change.id)) tree.adopted.set(change.id, change.styleIds);
      return;
    case 'font': {
      const { font } = change;
      const fontSource = font.buffer ? font.fontSource : tree.rules.policy.css(font.fontSource);
      tree.fonts = append(tree.fonts, fontSource === font.fontSource ? font : { ...font, fontSource });
    }
  }
}

function applySnapshot(tree: Tree, { nodes, scroll }: Snapshot): void {
  const root = nodes[0];
  if (!root) return;
  tree.clear();
  tree.root = root.id;
  placeNodes(tree, nodes, 0, 0);
  for (const { id, attributes } of nodes) {
    const x = Number(attributes.rr_scrollLeft ?? 0);
    const y = Number(attributes.rr_scrollTop ?? 0);
    if ((x || y) && tree.get(id)) tree.scrolls.set(id, { x, y });
  }
  tree.scrolls.set(root.id, scroll);
}

function applyRule(tree: Tree, id: number, styleId: number, change: RuleChange): void {
  const sheet = tree.sheets.get(styleId);
  if (!styleId) tree.addRule(id, change);
  else if (sheet) tree.sheets.set(styleId, { ...sheet, changes: append(sheet.changes, change) });
}

/** The same object when there was nothing to take out, so that the same change is the same in every version of the page. */
function safeRule(tree: Tree, change: RuleChange): RuleChange {
  let touched = false;
  const css = (text: string): string => {
    const safe = tree.rules.policy.css(text);
    touched ||= safe !== text;
    return safe;
  };
  const safe: RuleChange = {
    ...change,
    ...(change.adds ? { adds: change.adds.map((add) => ({ ...add, rule: css(add.rule) })) } : {}),
    ...(change.replace === undefined ? {} : { replace: css(change.replace) }),
    ...(change.replaceSync === undefined ? {} : { replaceSync: css(change.replaceSync) }),
    ...(change.set?.value ? { set: { ...change.set, value: css(change.set.value) } } : {}),
  };
  return touched ? safe : change;
}
