import type { CapturedElement } from '../model/captured.ts';
import { short } from './naming.ts';
import type { KnownNode, NodeDirectory } from './node-directory.ts';

const INTERACTIVE_TAGS = new Set(['a', 'button', 'input', 'select', 'textarea', 'label', 'summary', 'option']);
const INTERACTIVE_ROLES = new Set(['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'menuitem', 'option']);
const MAX_CLIMB = 12;
const MAX_SELECTOR_STEPS = 4;
const MAX_LABEL = 80;
const MAX_LABEL_NODES = 60;

const attribute = (node: KnownNode, name: string): string | undefined => {
  const value = node.attributes[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const isInteractive = (node: KnownNode): boolean =>
  INTERACTIVE_TAGS.has(node.tag) ||
  INTERACTIVE_ROLES.has(attribute(node, 'role') ?? '') ||
  'onclick' in node.attributes;

/**
 * Names a recorded node the way our SDK names a click target: the nearest interactive element around it, or the element
 * itself. For recordings that carry no element of their own. Null when the node is unknown.
 */
export function elementOf(directory: NodeDirectory, id: number): CapturedElement | null {
  const own = nearestElement(directory, id);
  if (!own) return null;
  let node: KnownNode | undefined = own;
  for (let step = 0; node && !isInteractive(node) && step < MAX_CLIMB; step += 1) {
    node = node.parent === undefined ? undefined : directory.get(node.parent);
  }
  const found = node && isInteractive(node) ? node : own;
  const label = labelOf(directory, found);
  const role = attribute(found, 'role');
  return {
    node: found.id,
    selector: selectorOf(directory, found),
    tag: found.tag,
    ...(label === '' ? {} : { label }),
    ...(role === undefined ? {} : { role }),
    interactive: isInteractive(found),
    disabled: 'disabled' in found.attributes || found.attributes['aria-disabled'] === 'true',
  };
}

function nearestElement(directory: NodeDirectory, id: number): KnownNode | undefined {
  let node = directory.get(id);
  for (let step = 0; node && node.tag === '' && step < MAX_CLIMB; step += 1) {
    node = node.parent === undefined ? undefined : directory.get(node.parent);
  }
  return node?.tag === '' ? undefined : node;
}

function selectorOf(directory: NodeDirectory, node: KnownNode): string {
  const steps: string[] = [];
  let current: KnownNode | undefined = node;
  while (current && current.tag !== '' && steps.length < MAX_SELECTOR_STEPS) {
    const id = attribute(current, 'id');
    const test = attribute(current, 'data-testid');
    if (id !== undefined || test !== undefined) {
      steps.unshift(id === undefined ? `[data-testid="${short(test ?? '', 60)}"]` : `#${short(id, 60)}`);
      break;
    }
    const name = attribute(current, 'class')?.trim().split(/\s+/, 1)[0];
    steps.unshift(name ? `${current.tag}.${short(name, 40)}` : current.tag);
    current = current.parent === undefined ? undefined : directory.get(current.parent);
  }
  return steps.join(' > ');
}

function labelOf(directory: NodeDirectory, node: KnownNode): string {
  const given = attribute(node, 'aria-label') ?? attribute(node, 'title') ?? attribute(node, 'placeholder');
  if (given !== undefined) return short(given, MAX_LABEL);
  if (node.tag === 'input') return attribute(node, 'type') === 'submit' ? (attribute(node, 'value') ?? '') : '';
  if (node.tag === 'select' || node.tag === 'textarea') return '';
  const words: string[] = [];
  const stack = [node.id];
  let length = 0;
  for (let visited = 0; stack.length > 0 && visited < MAX_LABEL_NODES && length < MAX_LABEL; visited += 1) {
    const current = directory.get(stack.pop() ?? -1);
    if (!current) continue;
    const text = current.tag === '' ? current.text.replace(/\s+/g, ' ').trim() : '';
    if (text !== '') words.push(text);
    length += text.length;
    stack.push(...firstChildren(current).reverse());
  }
  return short(words.join(' '), MAX_LABEL);
}

function firstChildren(node: KnownNode): number[] {
  const first: number[] = [];
  for (const child of node.children) {
    if (first.length === MAX_LABEL_NODES) break;
    first.push(child);
  }
  return first;
}
