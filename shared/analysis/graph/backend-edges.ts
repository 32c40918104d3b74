import type { Fact } from '../../facts/details.ts';
import { groupBy } from '../../lib/ordering.ts';
import { type CaseFile, generationOf } from '../case-file.ts';
import { isFailure } from '../outcome.ts';
import { type GraphBuilder, STRENGTH } from './evidence-graph.ts';

type Backend = Fact<'backend'>;

/** How much a record says of why a request failed; null for nothing. An error nobody caught says most. */
function weightOf({ details }: Backend): number | null {
  if (details.type === 'error') return details.kind === 'handled' ? 2 : 3;
  if (details.type === 'log') return details.level === 'error' || details.level === 'fatal' ? 1 : null;
  return null;
}

/** From what went wrong in a backend to the request of the page that it failed; both recorders gave both the same ids. */
export function addBackendEdges(file: CaseFile, graph: GraphBuilder): void {
  const ofRequest = groupBy(
    file.backends,
    (fact) => `${generationOf(fact)} ${fact.details.request ?? `none ${fact.id}`}`,
  );
  for (const answer of file.backends) {
    const { type, page, request } = answer.details;
    const asked = page && type === 'request' ? file.requestById(page.generation, page.request) : undefined;
    if (!asked || !isFailure(asked)) continue;
    let cause: Backend | undefined;
    for (const fact of ofRequest.get(`${generationOf(answer)} ${request}`) ?? []) {
      // Of equals the last: what is thrown on the way out was caused by what came before, but names it best.
      if ((weightOf(fact) ?? 0) > 0 && (weightOf(fact) ?? 0) >= ((cause && weightOf(cause)) ?? 0)) cause = fact;
    }
    if (!cause) continue;
    graph.edge({
      ...{ from: cause.id, to: asked.id, type: 'broke', rule: 'backend-names-request', strength: STRENGTH.identity },
      why: 'the backend recorded it while it answered this request',
      evidence: [cause.id, answer.id, asked.id],
    });
  }
}
