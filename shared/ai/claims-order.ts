import type { CitedFact } from './cited-fact.ts';
import type { Claim, ClaimReader } from './claim.ts';

type Direction = 'forward' | 'backward';

/** `forward`: the cause is named first; `backward`: the effect is. */
const CAUSAL: readonly (readonly [words: RegExp, direction: Direction])[] = [
  [
    /\b(?:because(?: of)?|due to|caused by|triggered by|started by|sent by|as a result of|result(?:s|ed)? from|thanks to)\b/i,
    'backward',
  ],
  [/\b(?:caus(?:es|ed|ing)|led to|leads to|trigger(?:s|ed)|result(?:s|ed)? in|so that|therefore)\b/i, 'forward'],
];
/** Verbs that name a cause only where something stands on both sides: "the click sent a request", "a request was sent". */
const STARTING: readonly (readonly [words: RegExp, direction: Direction])[] = [
  [/(?<!\b(?:was|were|is|are|been|being)\s)\b(?:start(?:s|ed)|sent|sends)\b/i, 'forward'],
];
const ORDER: readonly (readonly [words: RegExp, direction: Direction])[] = [
  [/\b(?:before|prior to|followed by|then)\b/i, 'forward'],
  [/\b(?:after|following|once)\b(?!\s+(?:about |around |some )?\d)/i, 'backward'],
];

interface Sides {
  readonly before: CitedFact | undefined;
  readonly behind: CitedFact | undefined;
}

/**
 * The facts named next to a word on either side. When all stand on one side they are taken in the order in which things are
 * named, which is turned round when the sentence begins with the word: "Because of A, B".
 */
function sidesOf(text: string, at: number, length: number, facts: readonly CitedFact[]): Sides {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const idsIn = (part: string): CitedFact[] => [...part.matchAll(/\bs\d+\b/g)].flatMap(([id]) => byId.get(id) ?? []);
  const [left, right] = [idsIn(text.slice(0, at)), idsIn(text.slice(at + length))];
  if (left.length > 0 && right.length > 0) return { before: left.at(-1), behind: right[0] };
  const all = left.length > 0 ? left : right;
  if (all.length < 2) return { before: undefined, behind: undefined };
  const [first, last] = [all[0], all.at(-1)];
  return text.slice(0, at).trim() === '' ? { before: last, behind: first } : { before: first, behind: last };
}

/**
 * That one thing led to another is true only when the recorder or the local diagnosis says so, in this direction; that it
 * came before, when it did. Reads the sentence with its citations, which say what stands where.
 */
export const readOrder =
  (original: string): ClaimReader =>
  ({ text, claims }, { facts, ledTo }) => {
    const found: Claim[] = [];
    for (const [words, direction] of [...CAUSAL, ...STARTING]) {
      const match = words.exec(text);
      if (!match) continue;
      const { before, behind } = sidesOf(original, match.index, match[0].length, facts);
      const [cause, effect] = direction === 'forward' ? [before, behind] : [behind, before];
      const word = match[0].toLowerCase();
      if (!cause || !effect) {
        if (STARTING.some(([starting]) => starting === words)) continue;
        found.push({ problem: `says "${word}" but does not cite both cause and effect` });
      } else if (ledTo(cause, effect)) found.push({ problem: null });
      else found.push({ problem: `says that ${cause.id} led to ${effect.id}, which the recording does not show` });
      break;
    }
    for (const [words, direction] of ORDER) {
      const match = words.exec(text);
      const { before, behind } = match ? sidesOf(original, match.index, match[0].length, facts) : {};
      if (!match || !before || !behind || before === behind) continue;
      const [first, second] = direction === 'forward' ? [before, behind] : [behind, before];
      const holds = first.atMs <= second.atMs;
      found.push({
        problem: holds ? null : `says that ${first.id} came before ${second.id}; it is the other way round`,
      });
    }
    return { text, claims: [...claims, ...found] };
  };
