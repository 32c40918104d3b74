import type { eventWithTime, serializedNodeWithId } from '@rrweb/types';
import { maskAttribute } from './attributes.ts';
import type { MaskState, Rules } from './rules.ts';
import { maskInput, maskText } from './text.ts';
import { maskUrl } from './url.ts';

/** rrweb's numbers for what is looked at here. */
const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const META = 4;
const MUTATION = 0;
const INPUT = 5;
const DOCUMENT_NODE = 0;
const ELEMENT_NODE = 2;
const TEXT_NODE = 3;
const COMMENT_NODE = 5;

type Attributes = Record<string, unknown>;

/** Masks what rrweb recorded, in place, before it is stored anywhere. */
export interface RecordingMask {
  apply(event: eventWithTime): void;
}

/** The attribute that says what the `value` or `content` of an element is. */
const kindAttribute = (tag: string): string => (tag === 'meta' ? 'name' : 'type');

function maskAttributes(attributes: Attributes, tag: string, type: unknown, state: MaskState): void {
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (typeof value !== 'string' || name === '_cssText') continue;
    const masked = maskAttribute(name, value, { tag, type: typeof type === 'string' ? type : undefined, state });
    if (masked === null) delete attributes[name];
    else attributes[name] = masked;
  }
}

/** @param nodeOf finds the live node of an rrweb id: the rules look at the page, not at its copy. */
export function createRecordingMask(rules: Rules, nodeOf: (id: number) => Node | null): RecordingMask {
  const liveElement = (id: number): Element | null => {
    const node = nodeOf(id);
    return node?.nodeType === 1 ? (node as Element) : null;
  };

  /** @param state of the surroundings. */
  const maskTree = (node: serializedNodeWithId, state: MaskState, parentTag: string): void => {
    if (node.type === TEXT_NODE) {
      if (parentTag === 'style' || parentTag === 'script') return;
      if (parentTag === 'textarea') node.textContent = maskInput(node.textContent, false);
      else if (state !== 'open') node.textContent = maskText(node.textContent);
    } else if (node.type === COMMENT_NODE) {
      node.textContent = '';
    } else if (node.type === DOCUMENT_NODE) {
      for (const child of node.childNodes) maskTree(child, 'masked', '');
    } else if (node.type === ELEMENT_NODE) {
      const element = liveElement(node.id);
      const own = element ? rules.inside(state, element) : 'forced';
      maskAttributes(node.attributes, node.tagName, node.attributes[kindAttribute(node.tagName)], own);
      for (const child of node.childNodes) maskTree(child, own, node.tagName);
    }
  };

  return {
    apply(event) {
      if (event.type === META) event.data.href = maskUrl(event.data.href);
      else if (event.type === FULL_SNAPSHOT) maskTree(event.data.node, 'masked', '');
      else if (event.type === INCREMENTAL && event.data.source === INPUT) {
        event.data.text = maskInput(
          event.data.text,
          liveElement(event.data.id)?.getAttribute('type')?.toLowerCase() === 'password',
        );
      } else if (event.type === INCREMENTAL && event.data.source === MUTATION) {
        for (const add of event.data.adds) {
          const parent = nodeOf(add.parentId);
          maskTree(add.node, rules.stateOf(parent), parent?.nodeName.toLowerCase() ?? '');
        }
        for (const text of event.data.texts) {
          const parent = nodeOf(text.id)?.parentNode ?? null;
          if (parent?.nodeName === 'TEXTAREA') {
            if (text.value) text.value = maskInput(text.value, false);
            continue; // what is typed is never open
          }
          const keep = parent?.nodeName === 'STYLE' || rules.stateOf(parent) === 'open';
          if (!keep && text.value) text.value = maskText(text.value);
        }
        for (const change of event.data.attributes) {
          const element = liveElement(change.id);
          const tag = element?.localName ?? 'input';
          maskAttributes(change.attributes, tag, element?.getAttribute(kindAttribute(tag)), rules.stateOf(element));
        }
      }
    },
  };
}
