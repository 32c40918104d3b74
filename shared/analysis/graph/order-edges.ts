import type { Fact } from '../../facts/details.ts';
import { groupBy } from '../../lib/ordering.ts';
import { type CaseFile, endpointKey, generationOf } from '../case-file.ts';
import { isSuccess } from '../outcome.ts';
import { type GraphBuilder, STRENGTH } from './evidence-graph.ts';

type Request = Fact<'request'>;

/**
 * From a later request to an earlier one of the same endpoint whose answer was used after it, in the same part of the
 * page: what was newer is gone. One sweep over the answers in the order they were used.
 */
export function addOrderEdges(file: CaseFile, graph: GraphBuilder): void {
  const used = file.requests.filter((request) => isSuccess(request) && request.details.consumedAt !== null);
  const groups = groupBy(used, (request) => `${generationOf(request)} ${endpointKey(request)}`);
  for (const group of groups.values()) {
    const newestIn = new Map<number, Request>();
    const inUse = group.toSorted((a, b) => (a.details.consumedAt ?? 0) - (b.details.consumedAt ?? 0));
    for (const request of inUse) {
      const regions = regionsOf(request);
      const newest = regions
        .flatMap((region) => newestIn.get(region) ?? [])
        .reduce<Request | undefined>(
          (best, other) => (best && orderOf(best) >= orderOf(other) ? best : other),
          undefined,
        );
      if (newest && orderOf(newest) > orderOf(request) && newest.details.url !== request.details.url) {
        graph.edge({
          ...{ from: newest.id, to: request.id, type: 'superseded' },
          rule: 'used-out-of-order',
          strength: newest.details.order === null || request.details.order === null ? STRENGTH.time : STRENGTH.identity,
          why: 'it was sent earlier, but its answer was used later, in the same part of the page',
          evidence: [request.id, newest.id],
        });
      }
      for (const region of regions) {
        const known = newestIn.get(region);
        if (!known || orderOf(known) < orderOf(request)) newestIn.set(region, request);
      }
    }
  }
}

/** Without a recorded order the time of sending orders; both grow together. */
const orderOf = (request: Request): number => request.details.order ?? request.at;

const regionsOf = ({ details }: Request): readonly number[] => details.domChangedAfterConsumed?.regions ?? [];
