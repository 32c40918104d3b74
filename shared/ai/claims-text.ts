import { type CitedFact, holdsWords } from './cited-fact.ts';
import { type ClaimReader, readEach } from './claim.ts';

const QUOTES = /"([^"]+)"|“([^”]+)”|«([^»]+)»|‘([^’]+)’|`([^`]+)`|(?<=^|[\s(])'([^']+)'(?=$|[\s).,;:!?])/g;

/** Quoted text stands in a cited fact, word for word. */
export const readQuotes: ClaimReader = readEach(QUOTES, (match, { facts }) => {
  const quoted = (match.slice(1).find((group) => group !== undefined) ?? '').replace(/[.,;:!?…\s]+$/, '');
  return holdsWords(facts, quoted) ? null : `quotes "${quoted}", which is not in what it cites`;
});

/** A redaction mark stands in a cited fact. */
export const readMarks: ClaimReader = readEach(/⟦[^⟧]*⟧/g, ([mark], { facts }) =>
  holdsWords(facts, mark) ? null : `names ${mark}, which is not in what it cites`,
);

/** Words that look like code are understood by everybody here, or stand in a cited fact. */
const KNOWN_NAMES = new Set(['JavaScript', 'TypeScript', 'GraphQL']);

/** Names of code stand in a cited fact: `#pay`, `TypeError`, `loadCart`, `order_id`. */
export const readNames: ClaimReader = readEach(
  /#[\w-]+|\b[A-Za-z]\w*_\w+\b|\b[A-Za-z]+[a-z][A-Z]\w*\b|\b[A-Z][a-z]+Error\b/g,
  ([name], { facts }) =>
    KNOWN_NAMES.has(name) ? undefined : holdsWords(facts, name) ? null : `names ${name}, which is not in what it cites`,
);

const METHOD = 'GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE';
const PATH = String.raw`(?:https?:\/\/|\/)[^\s,;"'()[\]]*`;

/** A request as a sentence names it. */
export interface NamedRequest {
  readonly index: number;
  readonly requests: readonly CitedFact[];
}

const trimmed = (path: string | undefined): string | undefined => path?.replace(/[.:!?]+$/, '').toLowerCase();

const matching = (facts: readonly CitedFact[], method: string | undefined, path: string | undefined): CitedFact[] =>
  facts.filter(
    ({ request, paths }) =>
      (method === undefined || request?.method.toUpperCase() === method) &&
      (path === undefined || path === '' || paths.includes(path)),
  );

const NAMED = new RegExp(`\\b(?:(${METHOD})(?:\\s+(${PATH}))?)|(?<=^|[\\s(])(${PATH})`, 'g');

/** The requests that a sentence names by method or path, in order. */
export const namedRequests = (text: string, facts: readonly CitedFact[]): NamedRequest[] =>
  [...text.matchAll(NAMED)].map((match) => ({
    index: match.index,
    requests: matching(facts, match[1], trimmed(match[2] ?? match[3])).filter(({ request }) => request !== null),
  }));

/** Method and path belong together to one cited fact. */
export const readRoutes: ClaimReader = readEach(NAMED, (match, { facts }) => {
  const path = trimmed(match[2] ?? match[3]);
  if (matching(facts, match[1], path).length > 0) return null;
  return `names ${[match[1], path].filter(Boolean).join(' ')}, which is not what it cites`;
});
