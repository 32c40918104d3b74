/** A sentence ends at a line's end, or after its point and its citations. */
const BOUNDARY = /(?<=[.!?]["'”’)]?(?:\s*\[[^\]\n]*\])*)(?<!\b(?:e\.g|i\.e|vs|etc)\.)\s+(?=["“‘'(⟦]?[\p{Lu}])/u;

/** Signs of lists and headings in front of a sentence. */
const DECORATION = /^(?:\s|[-*•>#]|\d+[.)](?=\s))+/;

/** The sentences of a text, without empty ones and signs of lists. */
export const sentencesOf = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => line.replace(DECORATION, '').split(BOUNDARY))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));

/** Takes an answer in pieces and gives its sentences as they are finished. */
export interface SentenceReader {
  /** @returns the sentences that are finished now. */
  push(piece: string): string[];
  /** What is not a finished sentence yet. */
  rest(): string;
}

/** Only whole lines are finished: within a line a later citation may still belong to what stands before it. */
export function createSentenceReader(): SentenceReader {
  let rest = '';
  return {
    push(piece) {
      rest += piece;
      const end = rest.lastIndexOf('\n');
      if (end < 0) return [];
      const lines = rest.slice(0, end);
      rest = rest.slice(end + 1);
      return sentencesOf(lines);
    },
    rest: () => rest,
  };
}
