/** Where the window of a node's page lies in the outermost recorded page, in that page's pixels. */
export function windowOffset(node: Node, outermost: HTMLIFrameElement): { x: number; y: number } {
  let x = 0;
  let y = 0;
  let frame = node.ownerDocument?.defaultView?.frameElement ?? null;
  while (frame && frame !== outermost) {
    const { left, top } = frame.getBoundingClientRect();
    x += left + frame.clientLeft;
    y += top + frame.clientTop;
    frame = frame.ownerDocument.defaultView?.frameElement ?? null;
  }
  return { x, y };
}

/** The element a node stands for: itself, or the one around a text. Works across the realms of frames. */
export function elementOf(node: Node | null): Element | null {
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element?.nodeType === Node.ELEMENT_NODE ? (element as Element) : null;
}
