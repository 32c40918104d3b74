import type { CapturedElement } from '../../../../shared/model/captured.ts';
import { cut } from '../captured.ts';
import type { Nodes } from '../nodes.ts';
import { labelOf } from '../privacy/label.ts';
import type { Rules } from '../privacy/rules.ts';
import { selectorOf } from './selector.ts';

/** Where a person expects something to happen on a click. */
const INTERACTIVE =
  'a[href],area[href],button,input,select,textarea,summary,label,option,video[controls],audio[controls],[onclick],' +
  '[contenteditable=""],[contenteditable=true],[role=button],[role=link],[role=tab],[role=menuitem],[role=checkbox],' +
  '[role=radio],[role=switch],[role=option],[role=combobox]';

/** Roles of inputs that are not for typing (HTML-AAM), which their tag does not tell. */
const INPUT_ROLES: Readonly<Record<string, string>> = {
  ...{ submit: 'button', button: 'button', reset: 'button', image: 'button' },
  ...{ checkbox: 'checkbox', radio: 'radio', range: 'slider' },
};

const roleOf = (element: Element): string | undefined =>
  element.getAttribute('role') ?? (element instanceof HTMLInputElement ? INPUT_ROLES[element.type] : undefined);

/** What can be done with the elements under a pointer. */
export interface Describe {
  (element: Element): CapturedElement;
  /** The interactive element a click on `element` is meant for: the button around an icon, else `element` itself. */
  meant(element: Element): Element;
  /** What is done with it is nobody's business. */
  isIgnored(element: Element): boolean;
}

/** @param nodes gives each description the id that rrweb has for the element. */
export function createDescribe(rules: Rules, nodes: Nodes): Describe {
  const isInteractive = (element: Element): boolean =>
    element.matches(INTERACTIVE) || element.ownerDocument.defaultView?.getComputedStyle(element).cursor === 'pointer';
  const describe = (element: Element): CapturedElement => {
    const label = labelOf(element, rules);
    const role = roleOf(element);
    const disabled = element.matches(':disabled') || element.closest('[aria-disabled=true],[inert]') !== null;
    const described: CapturedElement = {
      node: -1,
      selector: cut(selectorOf(element), 500),
      tag: element.localName,
      ...(label ? { label } : {}),
      ...(role ? { role: cut(role, 60) } : {}),
      interactive: isInteractive(element),
      ...(disabled ? { disabled } : {}),
    };
    return nodes.named(described, element);
  };
  const ignored = `:is(${rules.ignoreSelector}),:is(${rules.blockSelector})`;
  return Object.assign(describe, {
    meant: (element: Element) => element.closest(INTERACTIVE) ?? element,
    isIgnored: (element: Element) => element.closest(ignored) !== null,
  });
}

/** Layers under a point are few; the list of elements is long, because each brings its ancestors along. */
const MAX_UNDER = 6;

/**
 * What lies under a point, topmost first, without the plain boxes around what is already listed: so that an invisible
 * layer and the button below it are both seen.
 */
export function layersAt(document: Document, x: number, y: number, describe: Describe): CapturedElement[] {
  const listed: Element[] = [];
  for (const element of document.elementsFromPoint(x, y)) {
    if (listed.length >= MAX_UNDER) break;
    const isBox = listed.some((other) => element.contains(other));
    if (!isBox || element.matches(INTERACTIVE)) listed.push(element);
  }
  return listed.map(describe);
}
