import { submitCauses } from './acts.ts';
import { answeredAt, type Call } from './calls.ts';
import type { FactSource } from './clicks.ts';
import type { RequestDetails } from './details.ts';
import { type Draft, draft } from './draft.ts';
import { MESSAGE_MS, RENDER_MS } from './limits.ts';
import { short } from './naming.ts';
import { pageName, readAddress, routeOf } from './urls.ts';

/** One signal for each request, its phases joined and what the DOM did around it. */
export function requestDrafts(source: FactSource, calls: readonly Call[]): Draft[] {
  const { generation, pages } = source;
  const actions = new Map(
    generation.captured.action.map(({ at, value }) => [value.id, { at, node: value.target.node }]),
  );
  const causes = submitCauses(generation);
  return calls.map((call) => {
    const pageUrl = pages.urlAt(generation.id, call.sentAt);
    const address = readAddress(call.url, pageUrl === '' ? undefined : pageUrl);
    const sameOrigin = address.origin === '' || address.origin === readAddress(pageUrl).origin;
    const over = answeredAt(call);
    const name = `${call.method} ${sameOrigin ? '' : address.origin}${address.path}`;
    return draft('request', {
      at: call.sentAt,
      ...(over === null ? {} : { endAt: over }),
      severity: severityOf(call),
      page: pageName(pageUrl),
      text: short(`${name} -> ${outcomeOf(call)}`),
      window: generation.window,
      events: [...call.refs],
      details: {
        id: call.id,
        api: call.api,
        method: call.method,
        url: address.href,
        origin: address.origin,
        route: routeOf(address.path),
        sameOrigin,
        status: call.status,
        durationMs: over === null ? null : (call.durationMs ?? over - call.sentAt),
        order: call.order,
        consumedAt: call.consumedAt,
        shape: call.shape,
        contentType: call.contentType,
        failure: call.failure,
        action: call.action,
        after: call.after,
        timer: call.timer,
        traceId: call.traceId,
        requestBytes: call.requestBytes,
        responseBytes: call.responseBytes,
        requestHeaders: call.requestHeaders,
        responseHeaders: call.responseHeaders,
        requestBody: call.requestBody,
        responseBody: call.responseBody,
        timing: call.timing,
        pending: over === null,
        domObserved: source.dom.observed,
        ...domAround(
          source,
          call,
          call.action === null ? undefined : actions.get(causes.get(call.action) ?? call.action),
        ),
      },
    });
  });
}

function outcomeOf(call: Call): string {
  if (call.failure !== null) return call.status === null ? call.failure : `${call.status} (${call.failure})`;
  if (call.status !== null) return String(call.status);
  return answeredAt(call) === null ? 'no answer' : 'answered';
}

function severityOf(call: Call): Draft['severity'] {
  if (call.failure === 'aborted') return 'info';
  const failed = call.failure !== null || (call.status ?? 0) >= 400;
  if (!failed) return 'info';
  return call.api === 'beacon' || (call.failure === null && (call.status ?? 0) < 500) ? 'warning' : 'error';
}

function domAround(
  { generation, dom, acts, leaderOf }: FactSource,
  call: Call,
  action: { readonly at: number; readonly node: number } | undefined,
): Pick<RequestDetails, 'whileWaiting' | 'afterAnswer' | 'domChangedAfterConsumed'> {
  const over = answeredAt(call);
  const ofRequest = (id: string): boolean => id === call.id;
  const trigger = action?.node;
  // A busy state is often shown before the request goes out.
  const whileWaiting = dom.summary(action?.at ?? call.sentAt, (over ?? generation.lastAt + 1) - 1);
  if (over === null) return { whileWaiting, afterAnswer: null, domChangedAfterConsumed: null };
  const elsewhereAt = acts.nextElsewhere(over, trigger ?? -1) ?? Number.POSITIVE_INFINITY;
  const until = Math.min(over + MESSAGE_MS, elsewhereAt - 1);
  const lead = (id: number): number => leaderOf(id) ?? id;
  // What another act changed meanwhile is not this answer's.
  const ofAction = (id: number): boolean => call.action !== null && lead(id) === lead(call.action);
  const around = {
    ofRequest,
    ofAction,
    ...(trigger === undefined ? {} : { trigger }),
    restingIn: whileWaiting?.regions ?? [],
  };
  return {
    whileWaiting,
    afterAnswer: dom.summary(over, until, around),
    domChangedAfterConsumed:
      call.consumedAt === null
        ? null
        : dom.summary(call.consumedAt, call.consumedAt + MESSAGE_MS, {
            ...{ ofRequest, onlyAnswered: true, guessUntil: call.consumedAt + RENDER_MS },
          }),
  };
}
