import type { Fact } from '../../facts/details.ts';
import { elementName } from '../../facts/naming.ts';
import type { Frustration } from '../../model/finding.ts';
import type { CaseFile } from '../case-file.ts';
import type { EvidenceGraph } from '../graph/index.ts';
import { leadsAway, responseTo } from '../responses.ts';
import { isServed } from './click-troubles.ts';
import { frustration, moments } from './frustration.ts';
import type { Ruleset } from './ruleset.ts';

/**
 * `dead-click@1`: a click where something should happen, and for a second nothing did. Not fields (the focus is their
 * effect), not plain links (the same address again is no fault), not what led to another document or to an answer.
 */
export function deadClicks(file: CaseFile, graph: EvidenceGraph, rules: Ruleset): Frustration[] {
  const dead = file.clicks.filter((click) => isDead(file, graph, click));
  return moments(dead, rules.mergeMs).map((run) => {
    const times = run.length > 1 ? `${run.length} clicks` : 'A click';
    return frustration('dead-click', run, `${times} on ${elementName(meant(run[0]))} without any effect`);
  });
}

/** The element the person meant: what lies beneath an overlay, otherwise the receiver. */
const meant = (click: Fact<'click'> | undefined) => click?.details.covered ?? click?.element;

function isDead(file: CaseFile, graph: EvidenceGraph, click: Fact<'click'>): boolean {
  const { interactive, editable, covered, role } = click.details;
  if (editable || !(interactive || covered !== null)) return false;
  if (covered === null && click.element?.tag === 'a' && role !== 'button') return false;
  return responseTo(click) === 'none' && !leadsAway(file, click) && !isServed(file, graph, click);
}
