import type { Fact } from '../facts/details.ts';
import { firstBetween, groupBy } from '../lib/ordering.ts';
import { type CaseFile, elementKey, endpointKey, generationOf } from './case-file.ts';
import type { EvidenceGraph } from './graph/index.ts';
import { USE_MS } from './limits.ts';
import { isFailure, isMisuse, isSuccess, isThrown } from './outcome.ts';
import { responseTo } from './responses.ts';
import { shapesDiffer } from './shapes.ts';

type Request = Fact<'request'>;

/**
 * The same trouble at other moments of the session. What also happens where nothing was wrong is a weak cause: the
 * contrast that keeps ordinary noise from being blamed.
 */
export interface Recurrence {
  /** Requests that failed in the same way although the click behind them worked, or no one had asked for anything. */
  readonly harmlessFailures: (request: Request) => readonly Request[];
  /** The same error after clicks that worked. */
  readonly harmlessErrors: (error: Fact<'error'>) => readonly Fact<'error'>[];
  /** Clicks on an element that visibly worked, in time order. */
  readonly workingClicks: (element: string) => readonly Fact<'click'>[];
  /** The last successful call of exactly this address. */
  readonly lastOfAddress: (request: Request) => Request | undefined;
  /** An answer of the same endpoint in the same shape that was used without an error. */
  readonly sameShapeUsedWell: (request: Request) => Request | undefined;
  /** An earlier answer of the same endpoint, used without an error, in another shape. */
  readonly otherShapeBefore: (request: Request) => Request | undefined;
}

const failureKey = (request: Request): string =>
  `${endpointKey(request)} ${request.details.failure ?? request.details.status}`;
const addressKey = ({ window, details }: Request): string => `${window} ${details.method} ${details.url}`;
const errorKey = ({ details }: Fact<'error'>): string => `${details.name} ${details.message}`;

/** Looks through a session once. */
export function findRecurrence(file: CaseFile, graph: EvidenceGraph): Recurrence {
  const worked = (id: string): boolean => {
    const act = file.signal(id);
    return act?.kind === 'click' && responseTo(act as Fact<'click'>) === 'visible';
  };
  const failures = groupBy(
    file.requests.filter((request) => {
      const acts = graph.in(request.id, 'triggered');
      return isFailure(request) && (acts.length === 0 || acts.every(({ from }) => worked(from)));
    }),
    failureKey,
  );
  const errors = groupBy(
    file.errors.filter((error) => {
      const acts = graph.in(error.id, 'threw');
      return acts.length === 0 || acts.every(({ from }) => worked(from));
    }),
    errorKey,
  );
  const working = groupBy(
    file.clicks.filter((click) => responseTo(click) === 'visible'),
    elementKey,
  );
  const lastOfAddress = new Map(
    file.requests
      .filter((request) => isSuccess(request))
      .sort((a, b) => (a.details.consumedAt ?? a.at) - (b.details.consumedAt ?? b.at))
      .map((request) => [addressKey(request), request]),
  );
  const misuses = groupBy(
    file.errors.filter((error) => isThrown(error) && isMisuse(error)),
    generationOf,
  );
  // Of answers read in quick succession it may not be known which one an error came from: none of them is an example.
  const nearTrouble = (request: Request): boolean => {
    const { consumedAt } = request.details;
    const near = misuses.get(generationOf(request)) ?? [];
    return consumedAt !== null && firstBetween(near, consumedAt, consumedAt + USE_MS) !== undefined;
  };
  const usedWell = groupBy(
    file.requests.filter(
      (request) =>
        isSuccess(request) &&
        request.details.shape !== null &&
        graph.out(request.id, 'threw').length === 0 &&
        !nearTrouble(request),
    ),
    endpointKey,
  );
  // Few distinct shapes stand for many answers: one example of each is enough to compare with.
  const examples = new Map(
    [...usedWell].map(([endpoint, requests]) => [
      endpoint,
      [...groupBy(requests, ({ details }) => details.shape).values()].flatMap((same) => same[0] ?? []).slice(0, 20),
    ]),
  );
  const examplesFor = (request: Request): readonly Request[] => examples.get(endpointKey(request)) ?? [];
  const differs = (a: Request, b: Request): boolean => shapesDiffer(a.details.shape ?? '', b.details.shape ?? '');
  return {
    harmlessFailures: (request) => failures.get(failureKey(request)) ?? [],
    harmlessErrors: (error) => errors.get(errorKey(error)) ?? [],
    workingClicks: (element) => working.get(element) ?? [],
    lastOfAddress: (request) => lastOfAddress.get(addressKey(request)),
    sameShapeUsedWell: (request) =>
      request.details.shape === null ? undefined : examplesFor(request).find((other) => !differs(other, request)),
    otherShapeBefore: (request) =>
      request.details.shape === null
        ? undefined
        : examplesFor(request).find((other) => other.at < request.at && differs(other, request)),
  };
}
