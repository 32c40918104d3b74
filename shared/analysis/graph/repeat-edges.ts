import type { Act } from '../case-file.ts';
import { type CaseFile, elementKey } from '../case-file.ts';
import { REACTION_MS } from '../limits.ts';
import { type GraphBuilder, STRENGTH } from './evidence-graph.ts';

/** From a click to the next one on the same element, when it comes soon. */
export function addRepeatEdges(file: CaseFile, graph: GraphBuilder): void {
  const last = new Map<string, Act>();
  for (const click of file.clicks) {
    const key = elementKey(click);
    const before = last.get(key);
    last.set(key, click);
    if (!before || click.at - before.at > REACTION_MS) continue;
    graph.edge({
      ...{ from: before.id, to: click.id, type: 'preceded', rule: 'same-element-again', strength: STRENGTH.key },
      why: 'the same element was clicked again',
      evidence: [before.id, click.id],
    });
  }
}
