import type { Fact } from '../facts/details.ts';
import { firstAfter, firstBetween } from '../lib/ordering.ts';
import { type CaseFile, endpointKey } from './case-file.ts';
import { RECOVERY_MS, UNLOAD_MS } from './limits.ts';

type Request = Fact<'request'>;

/** When the wait for a request was over: its answer, its failure, or the page that replaced the one waiting. */
export function waitedUntil(file: CaseFile, request: Request): number {
  const end = request.endAt ?? file.endedAt;
  const left = firstBetween(file.pagesOf(request.window), request.at + 1, end);
  return request.details.pending && left ? left.at : end;
}

/** The browser dropped it because its page went away. */
export const droppedByLeaving = (file: CaseFile, request: Request): boolean =>
  request.details.failure === 'network' &&
  request.endAt !== undefined &&
  firstBetween(file.loadsOf(request.window), request.endAt - UNLOAD_MS, request.endAt + UNLOAD_MS) !== undefined;

/** The next successful call of the same endpoint, if there is one. */
export function laterSuccess(file: CaseFile, request: Request): Request | undefined {
  const successes = file.successesOf(endpointKey(request));
  return successes[firstAfter(successes, request.at)];
}

/** The page itself asked again and got what it wanted: without a new act, or as a continuation of the same one. */
export function recovered(file: CaseFile, request: Request): boolean {
  const later = laterSuccess(file, request);
  if (!later || later.at - request.at > RECOVERY_MS) return false;
  if (later.details.action !== null && later.details.action === request.details.action) return true;
  const acts = file.acts(request.window);
  return firstBetween(acts, (request.endAt ?? request.at) + 1, later.at) === undefined;
}
