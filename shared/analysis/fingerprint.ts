import { type Fact, isFact } from '../facts/details.ts';
import { routeOf } from '../facts/urls.ts';
import type { ChainLink, FaultClass } from '../model/finding.ts';
import type { Signal } from '../model/signal.ts';
import { isFailure } from './outcome.ts';

/** Longer ones are cut: a recording decides what stands in them. */
const MAX_LENGTH = 240;

/**
 * Names the cause of a finding, so that the same cause has the same name in every session: the fault with the endpoint
 * that failed, else with the error, else with the element. Ids and numbers are left out, and so are words of the
 * interface, which differ by language. Only what is at the root counts, not what the person did about it.
 */
export function fingerprintOf(
  fault: FaultClass,
  chain: readonly ChainLink[],
  signal: (id: string) => Signal | undefined,
): string {
  const of = (role: ChainLink['role']): Signal[] =>
    chain.filter((link) => link.role === role).flatMap(({ signals }) => signals.flatMap((id) => signal(id) ?? []));
  const request = of('request').find((one) => isFact(one, 'request'));
  const trouble = of('error')[0];
  const act = of('action')[0];
  const root = request
    ? endpointOf(request as Fact<'request'>)
    : trouble
      ? withoutNumbers(`${trouble.text.split('\n', 1)[0]}`)
      : act
        ? placeOf(act)
        : '';
  return `${fault} ${root}`.trim().slice(0, MAX_LENGTH);
}

/** A failing server answers now 500, now 503; a refusal (4xx) means another thing with each number. */
function endpointOf(request: Fact<'request'>): string {
  const { method, sameOrigin, origin, route, status, failure } = request.details;
  const endpoint = `${method} ${sameOrigin ? '' : origin}${route}`;
  if (!isFailure(request)) return endpoint;
  return `${endpoint} ${failure ?? ((status ?? 0) >= 500 ? '5xx' : status)}`;
}

function placeOf(act: Signal): string {
  const covered = isFact(act, 'click') ? act.details.covered : null;
  const receiver = isFact(act, 'click') ? act.details.under[0]?.selector : undefined;
  const element = covered ? `${receiver} over ${covered.selector}` : (act.element?.selector ?? '');
  const path = act.page.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
  return withoutNumbers(`${routeOf(path)} ${element}`);
}

const withoutNumbers = (text: string): string => text.replace(/\d+/g, 'N').replace(/\s+/g, ' ').trim();
