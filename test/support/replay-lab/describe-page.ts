import { createStrictPolicy } from '../../../shared/replay/sanitise.ts';

const policy = createStrictPolicy({ blocked: () => {}, dropped: () => {} });

const ownClasses = (value: string): string =>
  value
    .replace(/:hover|rrweb-paused/g, '')
    .trim()
    .replace(/\s+/g, ' ');
const sortedStyle = (css: string): string =>
  css
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .sort()
    .join('; ');

function rulesOf(sheet: CSSStyleSheet | null): string {
  try {
    return policy.css([...(sheet?.cssRules ?? [])].map((rule) => rule.cssText).join('\n'));
  } catch {
    return 'unreadable';
  }
}

/** rrweb's own style element, which hides what must not be seen; it has no id. */
const isInjected = (element: Element): boolean =>
  element.tagName === 'STYLE' &&
  element.textContent === '' &&
  element.previousSibling === null &&
  rulesOf((element as HTMLStyleElement).sheet).includes('rr-block');

/** One line for each thing a person or script could tell about a page: nodes, attributes, states, rules, frames, shadows. */
export function describePage(iframe: HTMLIFrameElement): string[] {
  const lines: string[] = [];
  const page = iframe.contentDocument;
  if (!page) return ['no page'];
  document_(page, 0);
  return lines;

  function document_(document: Document, depth: number): void {
    lines.push(
      `${depth} page ${document.compatMode}`,
      ...document.adoptedStyleSheets.map((sheet) => `adopted ${rulesOf(sheet)}`),
    );
    for (const child of document.childNodes) describe(child, depth + 1);
  }

  function describe(node: Node, depth: number): void {
    if (node.nodeType !== 1) {
      const inStyle = node.parentElement?.tagName === 'STYLE';
      const text = inStyle ? 'css' : node.nodeType === 10 ? 'doctype' : (node.textContent ?? '');
      lines.push(`${depth} ${node.nodeType} ${text}`);
      return;
    }
    const element = node as HTMLElement;
    if (isInjected(element)) return;
    const tag = element.localName;
    const recordedTag = tag === 'style' && element.hasAttribute('rel') ? 'link' : tag; // rrweb builds inlined links so
    const attributes = [...element.attributes].flatMap(({ name, value }) => {
      const safe = policy.attribute(recordedTag, name.replace(/^_on/, 'on'), value);
      if (safe === null || name in policy.forced(recordedTag)) return [];
      if (name === 'class') return ownClasses(value) ? [`class=${ownClasses(value)}`] : [];
      if (name === 'style') return safe === '' ? [] : [`style=${sortedStyle(String(safe))}`];
      return [`${name}=${safe}`];
    });
    const state =
      'value' in element && /^(input|textarea|select)$/.test(tag) ? stateOf(element as HTMLInputElement) : '';
    lines.push(`${depth} <${tag}> ${attributes.sort().join(' ')}${state}`);
    if (tag === 'style') lines.push(`rules ${rulesOf((element as HTMLStyleElement).sheet)}`);
    if (tag === 'textarea') return;
    if (element.shadowRoot) {
      lines.push('shadow', ...element.shadowRoot.adoptedStyleSheets.map((sheet) => `adopted ${rulesOf(sheet)}`));
      for (const child of element.shadowRoot.childNodes) describe(child, depth + 1);
    }
    if (tag === 'iframe') {
      const inner = (element as HTMLIFrameElement).contentDocument;
      if (inner) document_(inner, depth + 1);
      return; // what is between the tags of a frame is never seen
    }
    for (const child of element.childNodes) describe(child, depth + 1);
  }
}

const stateOf = (input: HTMLInputElement): string => ` value=${input.value} checked=${input.checked === true}`;
