import type { Applier } from './applier.ts';
import { elementOf, windowOffset } from './page-geometry.ts';

/** Room kept between an outlined element and the edge of what is visible, in pixels of the recorded page. */
const MARGIN = 24;

/** Outlines recorded nodes. The outline lies above the recorded page, not in it. */
export interface Highlight {
  /** Outlines a node and scrolls it into view; null takes the outline away. */
  set(node: number | null): void;
  /** Follows the node after the page has changed. */
  follow(): void;
}

export function createHighlight(applier: Applier): Highlight {
  const outline = document.createElement('div');
  outline.className = 'tf-highlight';
  outline.hidden = true;
  applier.wrapper.append(outline);
  let wanted: number | null = null;

  function follow(): void {
    const element = wanted === null ? null : elementOf(applier.nodeOf(wanted));
    const rect = element?.getBoundingClientRect();
    outline.hidden = !rect || (rect.width === 0 && rect.height === 0);
    if (!element || !rect || outline.hidden) return;
    const { x, y } = windowOffset(element, applier.iframe);
    outline.style.left = `${rect.left + x}px`;
    outline.style.top = `${rect.top + y}px`;
    outline.style.width = `${rect.width}px`;
    outline.style.height = `${rect.height}px`;
  }

  return {
    set(node) {
      wanted = node;
      const element = node === null ? null : elementOf(applier.nodeOf(node));
      if (element) reveal(element);
      follow();
    },
    follow,
  };
}

/** `scrollIntoView` would also scroll the pages around the recorded one, so each scroller inside is moved by itself. */
function reveal(element: Element): void {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth) continue;
    const outer = box === box.ownerDocument.scrollingElement ? viewOf(box) : box.getBoundingClientRect();
    const inner = element.getBoundingClientRect();
    box.scrollTop += beyond(inner.top, inner.bottom, outer.top, outer.bottom);
    box.scrollLeft += beyond(inner.left, inner.right, outer.left, outer.right);
  }
}

const viewOf = (root: Element): { top: number; left: number; bottom: number; right: number } => ({
  top: 0,
  left: 0,
  bottom: root.clientHeight,
  right: root.clientWidth,
});

function beyond(start: number, end: number, from: number, to: number): number {
  if (start < from) return start - from - MARGIN;
  return end > to ? Math.min(end - to + MARGIN, start - from) : 0;
}
