import { elementName } from '../../facts/naming.ts';
import type { Frustration } from '../../model/finding.ts';
import type { CaseFile } from '../case-file.ts';
import type { EvidenceGraph } from '../graph/index.ts';
import { troublesOf } from './click-troubles.ts';
import { frustration, moments } from './frustration.ts';
import type { Ruleset } from './ruleset.ts';

/** `error-click@1`: a click that led to an uncaught error or to a request that failed for good. */
export function errorClicks(file: CaseFile, graph: EvidenceGraph, rules: Ruleset): Frustration[] {
  const failed = file.clicks.flatMap((click) => {
    const { requests, errors } = troublesOf(file, graph, click, rules.errorStrength);
    const trouble = requests[0] ?? errors[0];
    return trouble ? [{ click, trouble }] : [];
  });
  const troubleOf = new Map(failed.map(({ click, trouble }) => [click.id, trouble]));
  return moments(
    failed.map(({ click }) => click),
    rules.mergeMs,
  ).map((run) => {
    const troubles = run.flatMap((click) => troubleOf.get(click.id) ?? []);
    const text = `Click on ${elementName(run[0]?.element)} led to: ${troubles[0]?.text ?? 'an error'}`;
    return frustration('error-click', run, text, troubles);
  });
}
