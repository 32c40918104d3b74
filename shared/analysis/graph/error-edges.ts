import type { Fact } from '../../facts/details.ts';
import { groupBy, lastAtOrBefore } from '../../lib/ordering.ts';
import { type CaseFile, generationOf } from '../case-file.ts';
import { USE_MS } from '../limits.ts';
import { isFailure, isMisuse, isTelemetry, isThrown } from '../outcome.ts';
import { type GraphBuilder, STRENGTH } from './evidence-graph.ts';

/** Something that went wrong in the page's code: uncaught, or caught and written to the console. */
export type Trouble = Fact<'error'> | Fact<'console'>;

/** What led to errors: the act being handled, the answer being used. Plain console output and missing resources lead nowhere. */
export function addErrorEdges(file: CaseFile, graph: GraphBuilder): void {
  const uses = groupBy(
    file.requests
      .flatMap((request) => {
        // What nobody reads can still throw by its failure, but a failed page-view count throws nothing that matters.
        const failedAt = isFailure(request) && !isTelemetry(request) ? request.endAt : undefined;
        const at = request.details.consumedAt ?? failedAt;
        return at === undefined ? [] : [{ at, request }];
      })
      .sort((a, b) => a.at - b.at),
    ({ request }) => generationOf(request),
  );
  const errors = file.errors.filter(isThrown);
  const written = file.consoles.filter((message) => message.details.level === 'error');
  for (const trouble of [...errors, ...written]) {
    addRequestEdge(file, graph, trouble, uses.get(generationOf(trouble)) ?? []);
    addActEdge(file, graph, trouble);
  }
}

function addRequestEdge(
  file: CaseFile,
  graph: GraphBuilder,
  trouble: Trouble,
  uses: readonly { at: number; request: Fact<'request'> }[],
): void {
  const named =
    trouble.details.request === null ? undefined : file.requestById(generationOf(trouble), trouble.details.request);
  if (named) {
    graph.edge({
      ...{ from: named.id, to: trouble.id, type: isFailure(named) ? 'failed_with' : 'threw' },
      ...{ rule: 'error-names-request', strength: STRENGTH.token },
      why: 'it was thrown by the code that used this answer',
      evidence: [named.id, trouble.id],
    });
  }
  // Two answers in a row can blur whose code is running: an answer nobody read, named beside one just read, settles nothing.
  const unread = named && named.details.consumedAt === null && (isTelemetry(named) || !isFailure(named));
  if (trouble.kind !== 'error' || (named && !unread) || !isMisuse(trouble)) return;
  const last = lastAtOrBefore(uses, trouble.at);
  if (!last || last.request === named || trouble.at - last.at > USE_MS) return;
  graph.edge({
    ...{ from: last.request.id, to: trouble.id, type: isFailure(last.request) ? 'failed_with' : 'threw' },
    ...{ rule: 'error-after-answer', strength: STRENGTH.time },
    why: `it was thrown within ${USE_MS} ms after this answer was read`,
    evidence: [last.request.id, trouble.id],
  });
}

function addActEdge(file: CaseFile, graph: GraphBuilder, trouble: Trouble): void {
  const named =
    trouble.details.action === null ? undefined : file.actById(generationOf(trouble), trouble.details.action);
  const near = lastAtOrBefore(file.acts(trouble.window), trouble.at);
  // A recorder that names causes and named none here speaks against the nearest act.
  const guess = near && near.details.action === null && trouble.at - near.at <= USE_MS ? near : undefined;
  const act = named ?? (trouble.kind === 'error' ? guess : undefined);
  if (!act) return;
  graph.edge({
    ...{ from: act.id, to: trouble.id, type: 'threw' },
    rule: named ? 'error-names-action' : 'error-after-act',
    strength: named ? STRENGTH.token : STRENGTH.time,
    why: named ? 'it was thrown by the code that handled this act' : `it was thrown within ${USE_MS} ms after this act`,
    evidence: [act.id, trouble.id],
  });
}
