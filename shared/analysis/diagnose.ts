import { groupBy } from '../lib/ordering.ts';
import type { Diagnosis, Finding, Frustration } from '../model/finding.ts';
import { type CaseFile, type DiagnosisInput, openCase } from './case-file.ts';
import { detectFrustrations, type Ruleset } from './detectors/index.ts';
import { fingerprintOf } from './fingerprint.ts';
import { buildGraph, type EvidenceGraph } from './graph/index.ts';
import { type Reaction, reactionsTo } from './reactions.ts';
import { findRecurrence } from './recurrence.ts';
import { findSymptoms } from './symptoms.ts';
import { type Candidate, FAULT_TEMPLATES, type Scene, unknownCause } from './templates/index.ts';
import { ANALYSIS_VERSION } from './version.ts';

/** More findings than this in one session help nobody. */
const MAX_FINDINGS = 20;

/**
 * The local answer for one session: frustrations, and the causes that explain them, best first. Deterministic, without
 * a model or network; about linear in the number of signals.
 */
export function diagnose(input: DiagnosisInput, rules?: Ruleset): Diagnosis {
  const file = openCase(input);
  const graph = buildGraph(file);
  const frustrations = detectFrustrations(file, graph, rules);
  const scene = setScene(file, graph, frustrations);
  const symptoms = findSymptoms(file, graph, frustrations);

  const named = symptoms.flatMap((symptom) =>
    FAULT_TEMPLATES.flatMap((template) => template.explain(symptom, scene)).filter(
      // What cannot be made out is worth saying only where a person was visibly in trouble.
      ({ verdict }) => verdict !== 'inconclusive' || symptom.kind === 'rage-click',
    ),
  );
  const found = (candidates: readonly Candidate[]) =>
    bestFirst(candidates).map((candidate) => asFinding(candidate, file));
  const causes = found(named);
  const explained = new Set([
    ...named.map(({ start }) => start.id),
    ...causes.flatMap(({ finding }) => finding.chain.flatMap(({ signals }) => signals)),
  ]);
  const unexplained = symptoms.filter(
    (symptom) => symptom.kind === 'rage-click' && !symptom.clicks.some(({ id }) => explained.has(id)),
  );
  const unknown = found(unexplained.flatMap((symptom) => unknownCause.explain(symptom, scene)));

  const findings = [...causes, ...unknown].slice(0, MAX_FINDINGS);
  const top = findings[0];
  return {
    version: ANALYSIS_VERSION,
    outcome: top ? 'fault-found' : 'nothing-wrong',
    summary: top ? `${top.finding.verdict}  ${top.brief.join(' -> ')}` : 'nothing wrong found',
    findings: findings.map(({ finding }) => finding),
    frustrations,
  };
}

function setScene(file: CaseFile, graph: EvidenceGraph, frustrations: readonly Frustration[]): Scene {
  const rages = rageIndex(frustrations);
  const rageOf = (id: string): Frustration | undefined => rages.get(id);
  const known = new Map<string, readonly Reaction[]>();
  return {
    file,
    graph,
    rageOf,
    recurrence: findRecurrence(file, graph),
    reactionsTo(act, settledAt = act.at) {
      const key = `${act.id} ${settledAt}`;
      const reactions = known.get(key) ?? reactionsTo(file, rageOf, act, settledAt);
      known.set(key, reactions);
      return reactions;
    },
  };
}

function asFinding(
  { fault, key, verdict, against, missing, score, tell }: Candidate,
  file: CaseFile,
): { readonly finding: Finding; readonly brief: readonly string[] } {
  const { title, chain, brief } = tell();
  const id = `${fault}:${chain.flatMap(({ signals }) => signals)[0] ?? key}`;
  const fingerprint = fingerprintOf(fault, chain, file.signal);
  const finding = { id, fault, fingerprint, verdict, title, chain: [...chain], against, missing: [...missing], score };
  return { finding, brief };
}

function rageIndex(frustrations: readonly Frustration[]): Map<string, Frustration> {
  const rages = frustrations.filter(({ kind }) => kind === 'rage-click');
  return new Map(rages.flatMap((rage) => rage.signals.map((id) => [id, rage])));
}

/** One finding a cause: its first occurrence among those with the best verdict, with the score of the strongest. */
function bestFirst(candidates: readonly Candidate[]): Candidate[] {
  const causes = [...groupBy(candidates, ({ key }) => key).values()].flatMap((occurrences) => {
    const [first] = occurrences.toSorted(
      (a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || a.start.at - b.start.at,
    );
    const score = occurrences.reduce((best, one) => Math.max(best, one.score), Number.NEGATIVE_INFINITY);
    return first ? [{ ...first, score }] : [];
  });
  return causes.sort(order).slice(0, MAX_FINDINGS);
}

const VERDICTS: readonly Finding['verdict'][] = ['confirmed', 'likely', 'inconclusive'];

const order = (a: Candidate, b: Candidate): number =>
  b.score - a.score || a.start.at - b.start.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
