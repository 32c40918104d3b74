import { type Fact, isFact } from '../facts/details.ts';
import type { ChainLink, Diagnosis } from '../model/finding.ts';
import type { Signal } from '../model/signal.ts';
import type { CheckedSentence } from '../model/transcript.ts';
import { type CitedFact, citedFact } from './cited-fact.ts';
import type { ClaimContext, ClaimReader, Reading } from './claim.ts';
import {
  readClockTimes,
  readCounts,
  readDurations,
  readOtherNumbers,
  readStatuses,
  withDigits,
} from './claims-number.ts';
import { readOrder } from './claims-order.ts';
import { readMarks, readNames, readQuotes, readRoutes } from './claims-text.ts';
import { KIND_READERS, readAbsence, readGuesses, readOutside, readPhrases } from './claims-word.ts';

/** What an answer is checked against: the recording's own signals and diagnosis, not what the model says of them. */
export interface CheckInput {
  readonly signals: readonly Signal[];
  readonly diagnosis: Diagnosis;
  /** Start of the session, ms since epoch. */
  readonly startedAt: number;
  /** What was sent: the ids that may be cited, each with its texts as they were sent. */
  readonly sent: ReadonlyMap<string, readonly string[]>;
}

/** Checks one sentence. */
export type Checker = (sentence: string) => CheckedSentence;

/**
 * Checks sentences against a recording. Everything that can be read as a claim (kinds, statuses, methods and routes, times,
 * counts, quotes, names, order, cause, absence) must hold for what the sentence cites, and there must be at least one.
 * What it cannot read it does not see: `verified` means that no claim it knows is false.
 */
export function createChecker({ signals, diagnosis, startedAt, sent }: CheckInput): Checker {
  const facts = new Map<string, CitedFact>();
  for (const signal of signals) {
    const shown = sent.get(signal.id);
    if (shown) facts.set(signal.id, citedFact(signal, startedAt, shown));
  }
  const chains = diagnosis.findings.map(({ chain }) => chain);
  const ledTo: ClaimContext['ledTo'] = (cause, effect) =>
    chains.some((chain) => isBefore(chain, cause.id, effect.id)) || startedBy(cause.signal, effect.signal);
  const absent: ClaimContext['absent'] = (cited) => cited.some((fact) => isAbsence(chains, fact));

  return (sentence) => {
    const cites = [...new Set(idsIn(sentence))];
    const cited = cites.flatMap((id) => facts.get(id) ?? []);
    const unknown = unknownCitations(sentence, facts);
    const reasons =
      unknown.length > 0
        ? unknown.map((id) => `cites ${id}, which was not sent`)
        : cited.length === 0
          ? ['cites nothing']
          : problemsOf(sentence, { facts: cited, ledTo, absent });
    return { text: sentence, cites, verdict: reasons.length === 0 ? 'verified' : 'withheld', reasons };
  };
}

const idsIn = (sentence: string): string[] => [...sentence.matchAll(/\bs\d+\b/g)].map(([id]) => id);

/** Ids nobody sent, also those of other forms in square brackets. */
function unknownCitations(sentence: string, facts: ReadonlyMap<string, CitedFact>): string[] {
  const unquoted = sentence.replace(/"[^"]*"|“[^”]*”|`[^`]*`/g, ' ');
  const bracketed = [...unquoted.matchAll(/\[([^\]]*)\]/g)].flatMap(([, inside = '']) =>
    inside.split(/[\s,;]+/).filter((part) => part !== '' && part !== 'and'),
  );
  return [...new Set([...idsIn(unquoted), ...bracketed])].filter((id) => !facts.has(id));
}

function problemsOf(sentence: string, context: ClaimContext): string[] {
  const plain = withDigits(sentence);
  const withoutIds = plain
    .replace(/[[(]\s*s\d+(?:[\s,;]+(?:and\s+)?s\d+)*\s*[\])]/g, (ids) => ' '.repeat(ids.length))
    .replace(/\bs\d+\b/g, (id) => ' '.repeat(id.length));
  const readers: readonly ClaimReader[] = [
    readQuotes,
    readMarks,
    readRoutes,
    readClockTimes,
    readDurations,
    readCounts,
    readStatuses(plain),
    readPhrases,
    readNames,
    readOtherNumbers,
    ...KIND_READERS,
    readAbsence,
    readGuesses,
    readOutside,
    readOrder(plain),
  ];
  const start: Reading = { text: withoutIds, claims: [] };
  const { claims } = readers.reduce((reading, reader) => reader(reading, context), start);
  if (claims.length === 0) return ['says nothing that can be checked'];
  return [...new Set(claims.flatMap(({ problem }) => problem ?? []))];
}

function isBefore(chain: readonly ChainLink[], cause: string, effect: string): boolean {
  const first = chain.findIndex(({ signals }) => signals.includes(cause));
  const last = chain.findIndex(({ signals }) => signals.includes(effect));
  return first >= 0 && last > first && cause !== effect;
}

/** The recorder saw it: the same action, or the request an error belongs to. */
function startedBy(cause: Signal, effect: Signal): boolean {
  if (cause.id === effect.id || cause.events[0]?.generation !== effect.events[0]?.generation) return false;
  if (isFact(cause, 'request') && (isFact(effect, 'error') || isFact(effect, 'console')))
    return effect.details.request === cause.details.id;
  const act = isFact(cause, 'click') || isFact(cause, 'submit') || isFact(cause, 'input') ? cause : null;
  const done =
    isFact(effect, 'request') || isFact(effect, 'error') || isFact(effect, 'console') ? effect.details.action : null;
  return act !== null && done !== null && act.details.action === done;
}

/** The recording was searched for an effect and holds none. */
function isAbsence(chains: readonly (readonly ChainLink[])[], { id, signal }: CitedFact): boolean {
  const looked = chains.flat().some(({ edge, signals }) => edge?.rule === 'looked-up-absence' && signals.includes(id));
  return looked || (isFact(signal, 'click') && noEffect(signal));
}

function noEffect({ details: { effect } }: Fact<'click'>): boolean {
  if (!effect) return false;
  const { mutations, navigated, scrolled, focusMoved, changed, dom } = effect;
  return mutations === 0 && !navigated && !scrolled && !focusMoved && !changed && (dom?.changes ?? 0) === 0;
}
