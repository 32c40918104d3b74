import type { ScrubRules } from '../../shared/wire/scrub.ts';

/** What stands for what was taken out, as for text that is masked in the page. */
export const SCRUBBED = '***';

/** @returns a function that gives a copy of a JSON value without what the rules name. */
export function createScrub(rules: ScrubRules): (value: unknown) => unknown {
  const members = new Set(rules.members.map((name) => name.toLowerCase()));
  const steps = [...queryStep(rules.query), ...rules.patterns.map((name) => PATTERNS[name])];
  const text = (value: string): string => steps.reduce((left, step) => step(left), value);
  const scrub = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(scrub);
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        text(name),
        members.has(name.toLowerCase()) && inner !== null ? SCRUBBED : scrub(inner),
      ]),
    );
  };
  return scrub;
}

type Step = (text: string) => string;

function queryStep(names: readonly string[]): Step[] {
  if (names.length === 0) return [];
  const escaped = names.map((name) => name.replace(/[.[\]-]/g, '\\$&'));
  const pattern = new RegExp(`([?&;](?:${escaped.join('|')})=)[^&#;\\s"'<>]+`, 'gi');
  return [(text) => text.replace(pattern, `$1${SCRUBBED}`)];
}

// All take a time that grows with the text alone: a run of letters is looked at from its beginning only, and other parts are bounded.
const PATTERNS: Readonly<Record<ScrubRules['patterns'][number], Step>> = {
  email: (text) => text.replace(EMAIL, SCRUBBED),
  card: (text) => text.replace(/(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g, (found) => (isCard(found) ? SCRUBBED : found)),
  iban: (text) => text.replace(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g, SCRUBBED),
};

const EMAIL = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/giu;

/** The check digit of ISO/IEC 7812: every other digit doubled from the right, digits summed, divisible by ten. */
function isCard(text: string): boolean {
  const digits = Array.from(text.replace(/\D/g, ''), Number).reverse();
  const sum = digits.reduce((total, digit, at) => {
    const value = at % 2 === 1 ? digit * 2 : digit;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
