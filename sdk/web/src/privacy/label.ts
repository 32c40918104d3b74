import type { Rules } from './rules.ts';
import { scrub } from './text.ts';

const MAX_CHARS = 80;
const CONTROL =
  'a[href],button,summary,input,select,textarea,option,[role=button],[role=link],[role=menuitem],[role=tab]';

const tidy = (text: string | null | undefined): string | undefined => {
  const line = scrub(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line === '') return undefined;
  return line.length > MAX_CHARS ? `${line.slice(0, MAX_CHARS - 1)}…` : line;
};

/** The text inside an element as far as the rules leave it open. */
function openText(element: Element, rules: Rules): string | undefined {
  const walker = element.ownerDocument.createTreeWalker(element, 4 /* text */);
  let text = '';
  for (let node = walker.nextNode(); node && text.length < 4 * MAX_CHARS; node = walker.nextNode()) {
    if (/^(SCRIPT|STYLE|TEXTAREA|OPTION)$/.test(node.parentNode?.nodeName ?? '')) continue;
    if (rules.stateOf(node.parentNode) === 'open') text += ` ${node.nodeValue}`;
  }
  return tidy(text);
}

/** The text of the elements that `aria-labelledby` names or that are the `label` of a field. */
function named(element: Element, rules: Rules): string | undefined {
  const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
  const byId = ids.map((id) => element.ownerDocument.getElementById(id)).filter((found) => found !== null);
  const labels = byId.length > 0 ? byId : Array.from((element as HTMLInputElement).labels ?? []);
  return tidy(labels.map((label) => openText(label, rules) ?? '').join(' '));
}

const captionOf = (element: Element): string | null =>
  element.matches('input[type=submit],input[type=button],input[type=reset]') ? element.getAttribute('value') : null;

/**
 * What a person would call an element, as far as it may be kept: `data-tf-label` always; the `aria-label` of a control
 * unless it is force-masked; everything else only where text is open. Never a value.
 */
export function labelOf(element: Element, rules: Rules): string | undefined {
  const given = tidy(element.getAttribute('data-tf-label'));
  if (given) return given;
  const state = rules.stateOf(element);
  const aria = tidy(element.getAttribute('aria-label'));
  if (aria && (state === 'open' || (state === 'masked' && element.matches(CONTROL)))) return aria;
  const label = named(element, rules);
  if (label) return label;
  const isText = element.matches(CONTROL) || element.childElementCount === 0;
  const text = isText && !element.matches('input,select,textarea') ? openText(element, rules) : undefined;
  if (text || state !== 'open') return text;
  return (
    tidy(captionOf(element)) ??
    tidy(element.getAttribute('placeholder')) ??
    tidy(element.getAttribute('alt')) ??
    tidy(element.getAttribute('title'))
  );
}
