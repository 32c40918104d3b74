/** Longest path that still reads as a selector. */
const MAX_STEPS = 5;

/** Ids that a person wrote; generated ones (`:r1:`, `ember1234`) differ at each load. */
const STABLE_ID = /^[A-Za-z][A-Za-z_-]*\d{0,3}[A-Za-z_-]*$/;

function anchor(element: Element): string | undefined {
  if (STABLE_ID.test(element.id) && element.id.length <= 60) return `#${element.id}`;
  const testId = element.getAttribute('data-testid');
  return testId && testId.length <= 80 ? `[data-testid=${JSON.stringify(testId)}]` : undefined;
}

function step(element: Element): string {
  const tag = element.localName;
  const siblings = element.parentElement?.children;
  if (!siblings) return tag;
  const same = Array.from(siblings).filter((other) => other.localName === tag);
  return same.length > 1 ? `${tag}:nth-of-type(${same.indexOf(element) + 1})` : tag;
}

/** A short CSS selector: `#id` or `[data-testid="..."]` of the element, else the path down from the nearest one that has it. */
export function selectorOf(element: Element): string {
  const steps: string[] = [];
  for (let at: Element | null = element; at && steps.length < MAX_STEPS; at = at.parentElement) {
    const found = anchor(at);
    steps.unshift(found ?? step(at));
    if (found) break;
  }
  return steps.join(' > ');
}
