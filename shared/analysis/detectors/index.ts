import type { Frustration } from '../../model/finding.ts';
import type { CaseFile } from '../case-file.ts';
import type { EvidenceGraph } from '../graph/index.ts';
import { deadClicks } from './dead-click.ts';
import { errorClicks } from './error-click.ts';
import { rageClicks } from './rage-click.ts';
import { DEFAULT_RULESET, type Ruleset } from './ruleset.ts';

export type { Ruleset } from './ruleset.ts';

const KINDS: readonly Frustration['kind'][] = ['rage-click', 'error-click', 'dead-click'];

/** Runs all detectors; in time order, at equal times by kind. */
export function detectFrustrations(
  file: CaseFile,
  graph: EvidenceGraph,
  rules: Ruleset = DEFAULT_RULESET,
): Frustration[] {
  return [
    ...rageClicks(file, graph, rules),
    ...errorClicks(file, graph, rules),
    ...deadClicks(file, graph, rules),
  ].sort((a, b) => a.at - b.at || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}
