import type { CitedFact } from './cited-fact.ts';

/** What a claim is checked against. */
export interface ClaimContext {
  /** The facts the sentence cites, in the order in which it names them. */
  readonly facts: readonly CitedFact[];
  /** Whether the local diagnosis or the recorder says that the first led to the second. */
  readonly ledTo: (cause: CitedFact, effect: CitedFact) => boolean;
  /** Whether the recording was searched for an effect of one of these facts and holds none. */
  readonly absent: (facts: readonly CitedFact[]) => boolean;
}

/** One thing a sentence claims: `problem` says what does not hold, null when it does. */
export interface Claim {
  readonly problem: string | null;
}

/** A sentence while it is read: what is understood is taken out of `text`, so that nothing is read twice. */
export interface Reading {
  readonly text: string;
  readonly claims: readonly Claim[];
}

/** Reads one kind of claim out of a sentence. */
export type ClaimReader = (reading: Reading, context: ClaimContext) => Reading;

/** Reads every match of a pattern as a claim and takes it out; `check` may return undefined to leave it. */
export const readEach =
  (
    pattern: RegExp,
    check: (match: RegExpExecArray, context: ClaimContext, text: string) => string | null | undefined,
  ): ClaimReader =>
  (reading, context) => {
    const claims: Claim[] = [];
    let text = '';
    let from = 0;
    for (const match of reading.text.matchAll(pattern)) {
      const problem = check(match, context, reading.text);
      if (problem === undefined) continue;
      claims.push({ problem });
      text += `${reading.text.slice(from, match.index)}${' '.repeat(match[0].length)}`;
      from = match.index + match[0].length;
    }
    return { text: text + reading.text.slice(from), claims: [...reading.claims, ...claims] };
  };

/** Looks for words without taking them out. */
export const noteWords =
  (pattern: RegExp, check: (word: string, context: ClaimContext, text: string) => string | null): ClaimReader =>
  ({ text, claims }, context) => {
    const match = pattern.exec(text);
    return match ? { text, claims: [...claims, { problem: check(match[0], context, text) }] } : { text, claims };
  };
