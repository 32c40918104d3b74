import type { ChainLink, FaultClass, Finding, Verdict } from '../../model/finding.ts';
import type { Signal } from '../../model/signal.ts';
import type { Act, CaseFile } from '../case-file.ts';
import type { EvidenceGraph } from '../graph/index.ts';
import { STRENGTH } from '../graph/index.ts';
import type { RageOf, Reaction } from '../reactions.ts';
import type { Recurrence } from '../recurrence.ts';
import type { Symptom, SymptomKind } from '../symptoms.ts';

/** What every template looks things up in. */
export interface Scene {
  readonly file: CaseFile;
  readonly graph: EvidenceGraph;
  readonly rageOf: RageOf;
  /** What the person did after an act went wrong, or while they waited until `settledAt`. */
  readonly reactionsTo: (act: Act, settledAt?: number) => readonly Reaction[];
  /** How often the same trouble happened without harm. */
  readonly recurrence: Recurrence;
}

/** A predicate holds: how much that is worth, and the signals that say so. */
export interface Holds {
  readonly strength: number;
  readonly signals: readonly string[];
  /** In words; needed where it speaks against something. */
  readonly text?: string;
}

/** The recording cannot say: what would have had to be recorded. */
export interface Unknown {
  readonly missing: string;
}

/** One condition of a template. Null: it does not hold. */
export interface Predicate<B> {
  readonly name: string;
  readonly test: (binding: B, scene: Scene) => Holds | Unknown | null;
}

/** How a finding is told: chain for the evidence panel, brief parts for the summary line. */
export interface Story {
  readonly title: string;
  readonly chain: readonly ChainLink[];
  readonly brief: readonly string[];
}

/** A cause as data: which symptoms it explains, how its parts are found, what must, may and must not hold. */
export interface TemplateSpec<B> {
  readonly fault: FaultClass;
  readonly symptoms: readonly SymptomKind[];
  /** Searches back from a symptom to the parts of this cause. */
  readonly bind: (symptom: Symptom, scene: Scene) => readonly B[];
  readonly required: readonly Predicate<B>[];
  readonly supporting: readonly (Predicate<B> & { readonly weight: number })[];
  /** `weight: 'fatal'` rules the cause out. */
  readonly contradicting: readonly (Predicate<B> & { readonly weight: number | 'fatal' })[];
  /** What it began with: an act where one is known. */
  readonly start: (binding: B) => Pick<Signal, 'id' | 'at'>;
  /** Names the root, so that many symptoms of one cause are one finding. */
  readonly root: (binding: B) => string;
  readonly tell: (binding: B, scene: Scene) => Story;
}

/** A cause that may explain a symptom, before it is ranked. Its story is told only when it is chosen. */
export interface Candidate {
  readonly fault: FaultClass;
  /** Same fault and same root: one cause. */
  readonly key: string;
  readonly start: Pick<Signal, 'id' | 'at'>;
  readonly verdict: Verdict;
  readonly against: Finding['against'];
  readonly missing: readonly string[];
  readonly score: number;
  readonly tell: () => Story;
}

/** A template ready to explain symptoms. */
export interface FaultTemplate {
  readonly fault: FaultClass;
  readonly explain: (symptom: Symptom, scene: Scene) => Candidate[];
}

const VERDICT_SCORE: Readonly<Record<Verdict, number>> = { confirmed: 200, likely: 100, inconclusive: 0 };
/** How much a chain of certain links outweighs one of guesses, in points. */
const PATH_SCORE = 20;

/** Makes a template from its description. */
export const faultTemplate = <B>(spec: TemplateSpec<B>): FaultTemplate => ({
  fault: spec.fault,
  explain: (symptom, scene) =>
    spec.symptoms.includes(symptom.kind)
      ? spec.bind(symptom, scene).flatMap((binding) => judge(spec, binding, scene) ?? [])
      : [],
});

function judge<B>(spec: TemplateSpec<B>, binding: B, scene: Scene): Candidate | null {
  const missing: string[] = [];
  let weakest = 1;
  let path = 1;
  for (const { test } of spec.required) {
    const result = test(binding, scene);
    if (result === null) return null;
    if ('missing' in result) missing.push(result.missing);
    else {
      weakest = Math.min(weakest, result.strength);
      path *= result.strength;
    }
  }
  const against: Finding['against'] = [];
  let score = 0;
  for (const { test, weight } of spec.contradicting) {
    const result = test(binding, scene);
    if (result === null || 'missing' in result) continue;
    if (weight === 'fatal') return null;
    score -= weight;
    against.push({ text: result.text ?? '', signals: [...result.signals] });
  }
  let open: string[] = [];
  for (const { test, weight } of spec.supporting) {
    const result = test(binding, scene);
    if (result === null) continue;
    if ('missing' in result) open = [...open, result.missing];
    else score += weight;
  }
  const verdict: Verdict = missing.length > 0 ? 'inconclusive' : weakest >= STRENGTH.token ? 'confirmed' : 'likely';
  return {
    fault: spec.fault,
    key: `${spec.fault} ${spec.root(binding)}`,
    start: spec.start(binding),
    verdict,
    against,
    missing: [...missing, ...open],
    score: VERDICT_SCORE[verdict] + PATH_SCORE * path + score,
    tell: () => spec.tell(binding, scene),
  };
}
