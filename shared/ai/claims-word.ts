import { isFact } from '../facts/details.ts';
import type { CitedFact } from './cited-fact.ts';
import { holdsWords } from './cited-fact.ts';
import { type ClaimReader, noteWords } from './claim.ts';

type Test = (fact: CitedFact) => boolean;

const failed: Test = ({ request, kind, severity }) =>
  request ? request.failure !== null || (request.status ?? 0) >= 400 : kind === 'error' || severity === 'error';
const answered: Test = ({ request }) => request !== null && (request.status !== null || request.failure !== null);

const thrown: Test = ({ kind, signal }) =>
  kind === 'error' || kind === 'console' || (isFact(signal, 'backend') && signal.details.type === 'error');

/** Words that say what kind of thing something was, and what must then be cited. */
const KINDS: readonly (readonly [words: RegExp, needed: string, test: Test])[] = [
  [/\b(?:click(?:s|ed|ing)?|tapp(?:ed|ing))\b/i, 'a click', ({ kind }) => kind === 'click'],
  [/\brequest(?:s|ed|ing)?\b|\bAPI calls?\b/i, 'a request', ({ kind }) => kind === 'request'],
  [
    /\b(?:respon(?:se|ses|ded|ds)|answer(?:s|ed)?|repl(?:y|ies|ied))\b/i,
    'an answered request',
    (fact) => answered(fact) || fact.request?.pending === true,
  ],
  [/\b(?:exceptions?|threw|throws|thrown)\b/i, 'an error', thrown],
  [/\berrors?\b/i, 'an error', (fact) => failed(fact) || fact.severity !== 'info'],
  [/\b(?:fail(?:s|ed|ure|ures|ing)?|reject(?:s|ed)?)\b/i, 'a failure', failed],
  [
    /\b(?:succeed(?:s|ed)?|success(?:ful|fully)?)\b/i,
    'a success',
    ({ request }) =>
      request !== null && request.failure === null && (request.status ?? 0) >= 200 && (request.status ?? 0) < 300,
  ],
  [
    /\b(?:timed out|time-?outs?)\b/i,
    'a timeout',
    ({ request, words }) => request?.failure === 'timeout' || words.some((word) => /time-?out|timed out/.test(word)),
  ],
  [/\b(?:abort(?:s|ed)?|cancell?ed)\b/i, 'an aborted request', ({ request }) => request?.failure === 'aborted'],
  [
    /\b(?:offline|network (?:error|failure))\b/i,
    'a network failure',
    ({ request, words }) =>
      request?.failure === 'network' || words.some((word) => /network|offline|failed to fetch/.test(word)),
  ],
  [/\bconsole\b/i, 'a console message', ({ kind }) => kind === 'console'],
  [/\b(?:typed|types|typing|entered)\b/i, 'an input', ({ kind }) => kind === 'input'],
  [
    /\bsubmit(?:s|ted|ting)?\b|\bsubmissions?\b/i,
    'a submit',
    ({ kind, words }) => kind === 'submit' || words.some((word) => word.includes('submit')),
  ],
  [/\breload(?:s|ed|ing)?\b/i, 'a reload', ({ signal }) => isFact(signal, 'page') && signal.details.reload],
  [/\b(?:navigat\w+|redirect\w*|visited)\b/i, 'a page', ({ kind }) => kind === 'page'],
];

/** Kinds that are named are cited. */
export const KIND_READERS: readonly ClaimReader[] = KINDS.map(([words, needed, test]) =>
  noteWords(words, (word, { facts }) =>
    facts.some(test) ? null : `says "${word.toLowerCase()}" but does not cite ${needed}`,
  ),
);

/** Reason phrases of HTTP (RFC 9110, 15) and their numbers. */
const PHRASES: Readonly<Record<string, number>> = {
  'bad request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not found': 404,
  conflict: 409,
  'too many requests': 429,
  'internal server error': 500,
  'bad gateway': 502,
  'service unavailable': 503,
  'gateway timeout': 504,
};

/** A reason phrase belongs to a cited status. */
export const readPhrases: ClaimReader = (reading, context) => {
  let { text, claims } = reading;
  for (const [phrase, status] of Object.entries(PHRASES)) {
    const pattern = new RegExp(`\\b${phrase}\\b`, 'gi');
    if (!pattern.test(text)) continue;
    const holds = context.facts.some(({ request }) => request?.status === status) || holdsWords(context.facts, phrase);
    claims = [...claims, { problem: holds ? null : `says "${phrase}", which is not the status of what it cites` }];
    text = text.replace(pattern, (words) => ' '.repeat(words.length));
  }
  return { text, claims };
};

const ABSENCE =
  /\b(?:no|not|never|nothing|none|without|nobody|neither|nor|silently|unchanged|swallow(?:s|ed)?|ignor(?:es|ed)|lack(?:s|ed)?|missing|unanswered)\b|n['’]t\b/i;

/** What the recording is searched for: something to see. That nothing was thrown or sent it cannot say. */
const TO_SEE =
  /\b(?:effects?|chang\w+|visibl\w+|show\w*|appear\w*|display\w*|render\w*|react\w*|respon[ds]\w*|happen\w*|updat\w+|messages?|feedback|unchanged|silently)\b/i;
const NOT_TO_SEE = /\b(?:throw\w*|threw|exceptions?|requests?|sent|calls?|answer\w*|click\w*)\b/i;

/** That something did not happen is true only where the recording was searched for it. */
export const readAbsence: ClaimReader = noteWords(ABSENCE, (word, { facts, absent }, text) => {
  const behind = text.slice(text.indexOf(word));
  if (/\banswer|\brespon|\brepl|unanswered/i.test(behind) && facts.some(({ request }) => request?.pending)) return null;
  return TO_SEE.test(behind) && !NOT_TO_SEE.test(behind) && absent(facts) ? null : said(word);
});

const said = (word: string): string => `says "${word.toLowerCase()}", which what it cites does not show`;

/** What a recording cannot show: motives and guesses. */
export const readGuesses: ClaimReader = noteWords(
  /\b(?:want(?:s|ed|ing)?|wish\w*|intend\w*|hop(?:e|ed|ing)|expect(?:s|ed|ing)?|frustrat\w+|annoy\w+|confus\w+|angr\w+|impatien\w+|believ\w+|thought|thinks?|felt|feels?|decid\w+|tried|trying|likely|probabl\w+|presumabl\w+|possibl\w+|maybe|perhaps|might|could|may|would|should|seem\w*|appears? to|suggest\w*|indicat\w+|impl(?:y|ies|ied)|assum\w+|suspect\w*)\b/i,
  (word) => `guesses ("${word.toLowerCase()}"), and a guess cannot be checked`,
);

/** Places a recording of a page does not reach; whoever names one knows it from elsewhere. */
export const readOutside: ClaimReader = noteWords(
  /\b(?:data ?base|sql|back-?end|micro-?services?|deploy\w*|cdn|dns|load[ -]balancer|firewall|vpn|proxy|memory|cpu|disk|race condition|cache[ds]?|caching|bug|developer\w*|misconfigur\w*|configuration|third[ -]party|vendor\w*|hack\w*|attack\w*|extension\w*|root cause)\b/i,
  (word, { facts }) => (holdsWords(facts, word) ? null : `says "${word.toLowerCase()}", which is not in what it cites`),
);
