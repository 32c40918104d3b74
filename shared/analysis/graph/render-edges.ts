import type { CaseFile } from '../case-file.ts';
import { type GraphBuilder, STRENGTH } from './evidence-graph.ts';

/** Answer to DOM change, and click to the element beneath its receiver. */
export function addRenderEdges(file: CaseFile, graph: GraphBuilder): void {
  for (const request of file.requests) {
    const { domChangedAfterConsumed: change, consumedAt } = request.details;
    if (change === null || consumedAt === null) continue;
    const id = `${request.id}:dom`;
    const seen = change.recorded && change.sole;
    graph.node({ id, kind: 'dom', at: consumedAt + change.firstMs, signal: request.id });
    graph.edge({
      ...{ from: request.id, to: id, type: 'rendered' },
      rule: seen ? 'change-names-request' : change.sole ? 'only-cause-before-change' : 'change-after-answer',
      strength: seen ? STRENGTH.identity : change.sole ? STRENGTH.token : STRENGTH.time,
      why: seen
        ? `the recorder saw the code that used the answer change the DOM, ${Math.round(change.firstMs)} ms after it was read`
        : change.sole
          ? `the DOM changed ${Math.round(change.firstMs)} ms after the answer was read, and nothing else had happened`
          : `the DOM changed ${Math.round(change.firstMs)} ms after the answer was read, among other things`,
      evidence: [request.id],
    });
  }
  for (const click of file.clicks) {
    if (click.details.covered === null) continue;
    const id = `${click.id}:beneath`;
    graph.node({ id, kind: 'element', at: click.at, signal: click.id });
    graph.edge({
      ...{ from: click.id, to: id, type: 'blocked', rule: 'elements-under-pointer', strength: STRENGTH.identity },
      why: 'the recorder listed what lay under the pointer: another element received the click',
      evidence: [click.id],
    });
  }
}
