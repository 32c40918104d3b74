import { Verdict } from '../../../shared/model/finding.ts';

/** What a session's one-line verdict means, for its dot: `none` before the first diagnosis. */
export type VerdictTone = Verdict | 'nothing-wrong' | 'none';

/** A verdict line taken apart. */
export interface VerdictLine {
  readonly tone: VerdictTone;
  /** The line without its leading verdict word, with arrows as arrows. */
  readonly text: string;
}

/** The words for each tone. */
export const VERDICT_WORDS: Readonly<Record<VerdictTone, string>> = {
  confirmed: 'Confirmed',
  likely: 'Likely',
  inconclusive: 'Inconclusive',
  'nothing-wrong': 'Nothing wrong found',
  none: 'Not analysed yet',
};

/** Reads a line such as `confirmed  click "Pay" -> POST /api/orders 500` or `nothing wrong found`. */
export function readVerdict(line: string | null): VerdictLine {
  if (line === null) return { tone: 'none', text: VERDICT_WORDS.none };
  const text = line.trim();
  if (/^nothing wrong/i.test(text)) return { tone: 'nothing-wrong', text: VERDICT_WORDS['nothing-wrong'] };
  const [first = '', ...rest] = text.split(/\s+/);
  const verdict = Verdict.safeParse(first.toLowerCase());
  const words = verdict.success ? rest.join(' ') : text;
  return { tone: verdict.data ?? 'inconclusive', text: words.replaceAll(' -> ', ' → ') };
}
