import type { SignalKind } from '../model/signal.ts';
import { type CitedFact, holdsWords } from './cited-fact.ts';
import { type ClaimContext, type ClaimReader, readEach } from './claim.ts';
import { namedRequests } from './claims-text.ts';

const SPELLED = 'two three four five six seven eight nine ten eleven twelve'.split(' ');

/** Spelled numbers as digits, so that they are read like others. */
export const withDigits = (text: string): string =>
  SPELLED.reduce(
    (all, word, index) => all.replace(new RegExp(`\\b${word}\\b`, 'gi'), String(index + 2)),
    text
      .replace(/\bone(?= (?:more |further )?(?:second|minute|click|request|error|time|attempt|input|call)\b)/gi, '1')
      .replace(/\btwice\b/gi, '2 times')
      .replace(/\bthrice\b/gi, '3 times'),
  );

/** Moments of the cited facts, ms from the start. */
const momentsOf = (facts: readonly CitedFact[]): number[] =>
  facts.flatMap(({ atMs, endMs }) => (endMs === null ? [atMs] : [atMs, endMs]));

/** Clock times as the panel writes them, rounded down or to the nearest. */
export const readClockTimes: ClaimReader = readEach(
  /\b(?:(\d+):)?(\d{1,2}):(\d{2})(?:\.(\d{1,3}))?\b/g,
  ([text, hours, minutes, seconds, part], { facts }) => {
    const ms = ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(`${seconds}.${part ?? 0}`)) * 1000;
    const unit = 1000 / 10 ** (part?.length ?? 0);
    const holds = momentsOf(facts).some((at) => at - ms >= -unit / 2 && at - ms < unit);
    return holds ? null : `says ${text}, when nothing it cites happened`;
  },
);

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, s: 1000, ms: 1 };
const AT_MOST = /\b(?:within|under|below|less than|at most|up to|no more than|inside)\s+(?:the \w+ )?$/i;
const AT_LEAST = /\b(?:more than|over|at least|longer than|exceed\w*)\s+$/i;
const ABOUT = /\b(?:about|around|roughly|approximately|almost|nearly|some)\s+$|[~≈]\s*$/i;
const MOMENT_BEFORE = /\b(?:at|@)\s+(?:about |around )?$/i;
const MOMENT_BEHIND = /^\s*(?:into|from the (?:start|beginning)|mark\b)/i;

/** Lengths of time: of a cited fact, or between two of them; moments where the sentence says so. */
export const readDurations: ClaimReader = readEach(
  /(?<![\w.])(\d+(?:[.,]\d+)?)\s*(ms|milliseconds?|seconds?|secs?|s|minutes?|mins?)\b/gi,
  (match, { facts }, text) => {
    const [whole, number = '', unit = ''] = match;
    const before = text.slice(0, match.index);
    const factor = UNIT_MS[/^(?:ms|milli)/i.test(unit) ? 'ms' : unit.charAt(0).toLowerCase()] ?? 1;
    const value = Number(number.replace(',', '.')) * factor;
    const decimals = number.split(/[.,]/)[1]?.length ?? 0;
    const half = (factor / 10 ** decimals) * 0.5;
    const moment = MOMENT_BEFORE.test(before) || MOMENT_BEHIND.test(text.slice(match.index + whole.length));
    const known = moment ? momentsOf(facts) : lengthsOf(facts);
    const tolerance = (ABOUT.test(before) ? Math.max(half, value * 0.1) : half) + 1;
    const holds = AT_MOST.test(before)
      ? spanOf(facts) <= value + tolerance
      : AT_LEAST.test(before)
        ? known.some((one) => one >= value - tolerance)
        : known.some((one) => Math.abs(one - value) <= tolerance);
    return holds ? null : `says ${whole.trim()}, which is not the time of what it cites`;
  },
);

function lengthsOf(facts: readonly CitedFact[]): number[] {
  const moments = [...new Set(momentsOf(facts))];
  const between = moments.flatMap((a, index) => moments.slice(index + 1).map((b) => Math.abs(a - b)));
  return [...facts.flatMap(({ lengthsMs }) => lengthsMs), ...between];
}

/** From the first to the last cited moment; of a single fact its own length. */
function spanOf(facts: readonly CitedFact[]): number {
  const moments = momentsOf(facts);
  const [only] = facts;
  if (facts.length === 1 && only && only.lengthsMs.length > 0) return Math.max(...only.lengthsMs);
  return moments.length > 1 ? Math.max(...moments) - Math.min(...moments) : Number.POSITIVE_INFINITY;
}

const COUNTED: Readonly<Record<string, SignalKind | 'any'>> = {
  click: 'click',
  request: 'request',
  call: 'request',
  response: 'request',
  answer: 'request',
  error: 'error',
  exception: 'error',
  message: 'console',
  warning: 'console',
  input: 'input',
  submit: 'submit',
  submission: 'submit',
  page: 'page',
  time: 'any',
  attempt: 'any',
  try: 'any',
};
const NOUN = `(${Object.keys(COUNTED).join('|')}|tries)(?:e?s)?`;
const COUNT = new RegExp(`(?<![\\w./-])(\\d+)\\s+((?:[a-z-]+\\s+){0,2}?)${NOUN}\\b`, 'gi');

/** So many facts of that kind are cited. */
export const readCounts: ClaimReader = readEach(COUNT, ([whole, number, between = '', noun = ''], context) => {
  const wanted = Number(number);
  // "a 500 error" is a status; counts this high are not cited one by one.
  if (wanted >= 100 && wanted < 600) return undefined;
  const singular = noun.toLowerCase() === 'tries' ? 'try' : noun.toLowerCase();
  const kind = COUNTED[singular] ?? 'any';
  const counts = kind === 'any' ? countsByKind(context) : [countOf(context, kind)];
  const more = /\b(?:more|further|additional|other)\b/i.test(between);
  const holds = counts.some((count) => count === wanted || (more && count === wanted + 1));
  return holds ? null : `says ${whole.trim()}, but cites ${counts.length === 1 ? counts[0] : 'another number'}`;
});

const countOf = ({ facts }: ClaimContext, kind: SignalKind): number =>
  facts.filter((fact) => fact.kind === kind || (kind === 'error' && fact.kind === 'console')).length;

const countsByKind = ({ facts }: ClaimContext): number[] => [
  ...new Set(
    [...new Set(facts.map(({ kind }) => kind))].map((kind) => facts.filter((fact) => fact.kind === kind).length),
  ),
];

/** A status belongs to a cited request: to the one named next to it when some are named. */
export const readStatuses =
  (original: string): ClaimReader =>
  (reading, context) => {
    const named = namedRequests(original, context.facts);
    return readEach(/(?<![\w./:#-])([1-5]\d\d)(?![\w%:-]|[.,]\d)/g, (match) => {
      const status = Number(match[1]);
      const nearest =
        named.findLast(({ index }) => index < match.index) ?? named.find(({ index }) => index > match.index);
      const among = nearest ? nearest.requests : context.facts;
      if (among.some(({ request }) => request?.status === status)) return null;
      if (!nearest && holdsWords(context.facts, match[1] ?? '')) return null;
      return `says ${status}, which is not the status of what it cites`;
    })(reading, context);
  };

/** Any other number stands in a cited fact. */
export const readOtherNumbers: ClaimReader = readEach(/\d+(?:[.,:]\d+)*%?/g, ([number], { facts }) =>
  holdsWords(facts, number) ? null : `says ${number}, which is not in what it cites`,
);
