import type { CapturedElement } from '../../../../shared/model/captured.ts';
import { cut } from '../../../web/src/captured.ts';
import { scrub } from '../../../web/src/privacy/text.ts';
import { isDisabled, labelOf } from './build-tree.ts';
import type { Path } from './hit.ts';
import { isInteractive, roleOf } from './seen-view.ts';
import type { WireNode } from './wire-node.ts';

/** Longest path that still reads as a selector. */
const MAX_STEPS = 5;
const MAX_LABEL = 80;

/** Whether a touch there does something, as far as the view says. */
export const isActive = ({ view }: WireNode): boolean => isInteractive(view.kind, view.props);

/** What a touch on the innermost element is meant for: the button around a text, else that element itself. */
export function meantBy(path: Path): Path {
  for (let end = path.length; end > 0; end -= 1) {
    const node = path[end - 1];
    if (node && isActive(node)) return path.slice(0, end);
  }
  return path;
}

/** What is done there is nobody's business. */
export const isIgnored = (path: Path): boolean => path.at(-1)?.view.privacy.ignored ?? false;

function selectorOf(path: Path): string {
  const steps: string[] = [];
  for (let i = path.length - 1; i >= 0 && steps.length < MAX_STEPS; i -= 1) {
    const node = path[i];
    const id = node?.attributes['data-testid'];
    if (!node || id) {
      if (id) steps.unshift(`[data-testid=${JSON.stringify(id)}]`);
      break;
    }
    const place = (path[i - 1]?.children ?? []).indexOf(node) + 1;
    steps.unshift(`[data-view=${node.attributes['data-view']}]${place > 0 ? `:nth-child(${place})` : ''}`);
  }
  return steps.join(' > ');
}

/** The texts in an element as far as they are open. */
const openText = (node: WireNode): string =>
  [node.view.privacy.mask === 'open' ? (node.text ?? '') : '', ...node.children.map(openText)].join(' ');

function label(node: WireNode): string | undefined {
  const { view } = node;
  const said = labelOf(view);
  const isOpen = view.privacy.mask === 'open' || (view.privacy.mask === 'masked' && isActive(node));
  const line = scrub((isOpen ? said : undefined) ?? (view.kind === 'TextInput' ? '' : openText(node)))
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? undefined : cut(line, MAX_LABEL);
}

/** The innermost element of a path as it is recorded; that of an empty path is unknown. */
export function describe(path: Path): CapturedElement {
  const node = path.at(-1);
  if (!node) return { node: -1, selector: '', tag: 'div', interactive: false };
  const name = label(node);
  const role = roleOf(node.view.props);
  return {
    node: node.id,
    selector: cut(selectorOf(path), 500),
    tag: node.tag,
    ...(name ? { label: name } : {}),
    ...(role ? { role: cut(role, 60) } : {}),
    interactive: isActive(node),
    ...(path.some(({ view }) => isDisabled(view)) ? { disabled: true } : {}),
  };
}
