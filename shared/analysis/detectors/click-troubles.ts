import type { Fact } from '../../facts/details.ts';
import type { CaseFile } from '../case-file.ts';
import type { Edge, EvidenceGraph } from '../graph/index.ts';
import { isFailure, isSuccess, isTelemetry } from '../outcome.ts';
import { droppedByLeaving, recovered } from '../requests.ts';

/** A request and how it hangs together with an act. */
export interface Started {
  readonly request: Fact<'request'>;
  /** From the act to the request; two when a form was submitted in between. */
  readonly path: readonly Edge[];
  /** The weakest link of the path. */
  readonly strength: number;
}

/** Requests an act started, directly or by submitting a form. */
export function startedBy(file: CaseFile, graph: EvidenceGraph, act: string): Started[] {
  return graph.out(act, 'triggered').flatMap((edge) => {
    const next = file.signal(edge.to);
    if (next?.kind === 'request') return [{ request: next as Fact<'request'>, path: [edge], strength: edge.strength }];
    if (next?.kind !== 'submit') return [];
    return startedBy(file, graph, next.id).map(({ request, path, strength }) => ({
      request,
      path: [edge, ...path],
      strength: Math.min(edge.strength, strength),
    }));
  });
}

/** A failure a person could have met: not telemetry, not made good by a retry, not dropped with its page. */
export const isBlamable = (file: CaseFile, request: Fact<'request'>): boolean =>
  isFailure(request) && !isTelemetry(request) && !droppedByLeaving(file, request) && !recovered(file, request);

/** Failed requests and uncaught errors that a click led to, as signal ids, from a strength of the link on. */
export function troublesOf(
  file: CaseFile,
  graph: EvidenceGraph,
  click: Fact<'click'>,
  minStrength: number,
): { requests: Fact<'request'>[]; errors: Fact<'error'>[] } {
  const requests = startedBy(file, graph, click.id)
    .filter(({ request, strength }) => strength >= minStrength && isBlamable(file, request))
    .map(({ request }) => request);
  const errors = graph
    .out(click.id, 'threw')
    .filter((edge) => edge.strength >= minStrength)
    .flatMap((edge) => {
      const error = file.signal(edge.to);
      // The rejection of a request that was made good later is no trouble either.
      return error?.kind === 'error' && !ofHarmlessRequest(file, graph, error.id) ? [error as Fact<'error'>] : [];
    });
  return { requests, errors };
}

const ofHarmlessRequest = (file: CaseFile, graph: EvidenceGraph, error: string): boolean =>
  graph.in(error, 'failed_with').some((edge) => {
    const request = file.signal(edge.from);
    return request?.kind === 'request' && !isBlamable(file, request as Fact<'request'>);
  });

/** Something a click asked for is still on its way, or came: the click was not dead, however quiet. */
export const isServed = (file: CaseFile, graph: EvidenceGraph, click: Fact<'click'>): boolean =>
  startedBy(file, graph, click.id).some(
    ({ request, strength }) =>
      strength >= 0.3 && !isTelemetry(request) && (isSuccess(request) || request.details.pending),
  );
