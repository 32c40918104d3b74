import type { Fact } from '../../facts/details.ts';
import { elementName } from '../../facts/naming.ts';
import { groupBy } from '../../lib/ordering.ts';
import type { Frustration } from '../../model/finding.ts';
import { type CaseFile, elementKey } from '../case-file.ts';
import type { EvidenceGraph } from '../graph/index.ts';
import { responseTo } from '../responses.ts';
import { troublesOf } from './click-troubles.ts';
import { frustration } from './frustration.ts';
import type { Ruleset } from './ruleset.ts';

const MOVING_PICTURES = new Set(['canvas', 'video', 'audio']);

/** `rage-click@1`: fast repeated clicks on one place that did not each do something. */
export function rageClicks(file: CaseFile, graph: EvidenceGraph, rules: Ruleset): Frustration[] {
  return [...groupBy(file.clicks, (click) => click.window).values()]
    .flatMap((clicks) => runsOf(clicks, rules))
    .filter((run) => isRage(file, graph, run, rules))
    .map((run) => frustration('rage-click', run, `${run.length} fast clicks on ${elementName(run[0]?.element)}`));
}

function runsOf(clicks: readonly Fact<'click'>[], { rage }: Ruleset): Fact<'click'>[][] {
  const runs: Fact<'click'>[][] = [];
  let run: Fact<'click'>[] = [];
  for (const click of clicks) {
    const last = run.at(-1);
    const continues =
      last && click.at - last.at < rage.gapMs && (isSame(last, click) || isNear(last, click, rage.radiusPx));
    if (continues) {
      run.push(click);
    } else {
      run = [click];
      runs.push(run);
    }
  }
  return runs.filter(({ length }) => length >= rage.clicks);
}

const isSame = (a: Fact<'click'>, b: Fact<'click'>): boolean => elementKey(a) === elementKey(b);

function isNear(a: Fact<'click'>, b: Fact<'click'>, radiusPx: number): boolean {
  const { x: ax, y: ay } = a.details;
  const { x: bx, y: by } = b.details;
  if (ax === null || ay === null || bx === null || by === null) return false;
  return Math.abs(ax - bx) + Math.abs(ay - by) < radiusPx;
}

function isRage(file: CaseFile, graph: EvidenceGraph, run: readonly Fact<'click'>[], rules: Ruleset): boolean {
  if (run.every(({ details }) => details.editable)) return false;
  if (run.some(({ element }) => MOVING_PICTURES.has(element?.tag ?? ''))) return false;
  const unanswered = run.filter((click) => {
    if (responseTo(click) !== 'visible') return true;
    const { requests, errors } = troublesOf(file, graph, click, rules.errorStrength);
    return requests.length + errors.length > 0;
  });
  // One quiet click in a run is the double-click or the last one before the page moved on.
  return unanswered.length > 1;
}
