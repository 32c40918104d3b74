import type { Applier } from './applier.ts';
import { windowOffset } from './page-geometry.ts';

/** More boxes than this say no more: the page is masked. */
const MAX_BOXES = 400;

/** Texts looked at before the page counts as looked through. */
const MAX_TEXTS = 20_000;

/**
 * What a mask leaves: asterisks or bullets where letters and digits were (our SDK and rrweb write `*`, browsers show a
 * password as bullets), and nothing that could be read.
 */
const MASKED = /^(?=.*[*•█])[^\p{L}\p{N}]*$/u;

/** Marks what was masked before it left the page, so that nobody takes the stars for what a person saw. */
export interface MaskView {
  set(on: boolean): void;
  /** Looks at the page again after it changed. */
  follow(): void;
}

export function createMaskView(applier: Applier): MaskView {
  const layer = document.createElement('div');
  layer.className = 'tf-masks';
  applier.wrapper.append(layer);
  let on = false;

  function follow(): void {
    const page = applier.iframe.contentDocument;
    if (!on || !page?.body) {
      layer.replaceChildren();
      return;
    }
    const boxes: HTMLElement[] = [];
    for (const rect of maskedRects(page)) {
      const { x, y } = windowOffset(page.body, applier.iframe);
      const box = document.createElement('div');
      box.className = 'tf-mask';
      box.style.left = `${rect.left + x}px`;
      box.style.top = `${rect.top + y}px`;
      box.style.width = `${rect.width}px`;
      box.style.height = `${rect.height}px`;
      if (boxes.push(box) >= MAX_BOXES) break;
    }
    layer.replaceChildren(...boxes);
  }
  return {
    set(wanted) {
      on = wanted;
      follow();
    },
    follow() {
      if (on) follow();
    },
  };
}

/** Boxes of masked texts and fields that can be seen, in the page's own window. */
function* maskedRects(page: Document): Generator<DOMRect> {
  const { clientWidth, clientHeight } = page.documentElement;
  const isSeen = ({ width, height, left, top }: DOMRect): boolean =>
    width > 0 && height > 0 && left < clientWidth && top < clientHeight && left + width > 0 && top + height > 0;
  const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  const range = page.createRange();
  for (let seen = 0; seen < MAX_TEXTS && texts.nextNode(); seen++) {
    const { currentNode } = texts;
    if (!MASKED.test(currentNode.nodeValue?.trim() ?? '')) continue;
    range.selectNodeContents(currentNode);
    const rect = range.getBoundingClientRect();
    if (isSeen(rect)) yield rect;
  }
  for (const field of page.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
    const rect = field.getBoundingClientRect();
    if (MASKED.test(field.value) && isSeen(rect)) yield rect;
  }
}
