import type { PrivacyOptions } from '../options.ts';

/** Whether text is recorded: `masked` by default, `open` where marked, `forced` where nothing inside can open it again. */
export type MaskState = 'masked' | 'open' | 'forced';

/** The part of an element that the rules look at. */
export interface Markable {
  getAttribute(name: string): string | null;
  matches(selector: string): boolean;
}

/** The privacy rules of a page. */
export interface Rules {
  /** The state inside an element whose surroundings are in state `outside`. */
  inside(outside: MaskState, element: Markable): MaskState;
  /** The state of text whose parent is this node; outside of any document, text is masked. */
  stateOf(node: Node | null): MaskState;
  readonly blockSelector: string;
  readonly ignoreSelector: string;
}

/** Ancestors up to the document, out of shadow trees; a frame's document is an island of its own. */
function parentOf(node: Node): Node | null {
  return node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null;
}

/** @throws SyntaxError when a selector among the options is not one. */
export function createRules(options: PrivacyOptions, accepts: (selector: string) => void): Rules {
  const any = (attribute: string, selector: string | undefined): string => {
    if (selector) accepts(selector);
    return selector ? `[${attribute}],${selector}` : `[${attribute}]`;
  };
  const unmask = any('data-tf-unmask', options.unmask);
  const mask = any('data-tf-mask', options.mask);
  const blockSelector = any('data-tf-block', options.block);
  const ignoreSelector = any('data-tf-ignore', options.ignore);
  const inside = (outside: MaskState, element: Markable): MaskState => {
    // What is blocked is not recorded at all: its words must not come out as the label of a click either.
    if (outside === 'forced' || element.matches(mask) || element.matches(blockSelector)) return 'forced';
    const editable = element.getAttribute('contenteditable');
    // What a person writes into an editable area is input, and input is never open.
    if (editable !== null && editable.toLowerCase() !== 'false') return 'forced';
    return element.matches(unmask) ? 'open' : outside;
  };
  return {
    inside,
    stateOf(node) {
      const chain: Element[] = [];
      let last: Node | null = null;
      for (let at = node; at; at = parentOf(at)) {
        if (at.nodeType === 1) chain.push(at as Element);
        last = at;
      }
      if (last?.nodeType !== 9) return 'forced';
      return chain.reduceRight<MaskState>(inside, 'masked');
    },
    blockSelector,
    ignoreSelector,
  };
}
