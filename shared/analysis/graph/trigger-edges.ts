import type { Fact } from '../../facts/details.ts';
import { lastAtOrBefore } from '../../lib/ordering.ts';
import { type Act, type CaseFile, elementKey, endpointKey, generationOf } from '../case-file.ts';
import { DOCUMENT_MS, FOLLOW_MS } from '../limits.ts';
import { type GraphBuilder, STRENGTH } from './evidence-graph.ts';

/** A call that follows an element's clicks belongs to them when it follows nearly each. */
const REGULAR_SHARE = 0.8;

/** Act to request, act to submit, act to page, page to request. */
export function addTriggerEdges(file: CaseFile, graph: GraphBuilder): void {
  const listed = requestsListedByClicks(file);
  const repeats = countRepeats(file);
  for (const request of file.requests) addRequestEdge(file, graph, request, listed, repeats);
  for (const submit of file.submits) {
    const { cause } = submit.details;
    const act = cause === null ? undefined : file.actById(generationOf(submit), cause);
    if (!act) continue;
    graph.edge({
      ...{ from: act.id, to: submit.id, type: 'triggered', rule: 'submit-in-same-task', strength: STRENGTH.token },
      why: 'the form was submitted in the same task as the act before it',
      evidence: [act.id, submit.id],
    });
  }
  for (const page of file.pages) {
    const act = lastAtOrBefore(file.acts(page.window), page.at);
    if (!act || page.at - act.at > DOCUMENT_MS) continue;
    const recorded = act.kind === 'click' && act.details.effect?.source === 'recorded' && act.details.effect.navigated;
    graph.edge({
      ...{ from: act.id, to: page.id, type: 'triggered' },
      rule: recorded ? 'click-navigated' : 'page-after-act',
      strength: recorded ? STRENGTH.token : page.at - act.at <= FOLLOW_MS ? STRENGTH.time : STRENGTH.loose,
      why: recorded ? 'the recorder saw the click change the address' : 'the page came after the act',
      evidence: [act.id, page.id],
    });
  }
}

function requestsListedByClicks(file: CaseFile): Map<string, Fact<'click'>> {
  const listed = new Map<string, Fact<'click'>>();
  for (const click of file.clicks) {
    for (const id of click.details.effect?.requests ?? []) listed.set(`${generationOf(click)} ${id}`, click);
  }
  return listed;
}

/** The act that a request without recorded cause follows, when it follows one closely. */
function followed(file: CaseFile, request: Fact<'request'>): Act | undefined {
  const act = lastAtOrBefore(file.acts(request.window), request.at);
  return act && request.at - act.at <= FOLLOW_MS && generationOf(act) === generationOf(request) ? act : undefined;
}

const repeatKey = (act: Act, request: Fact<'request'>): string => `${elementKey(act)} ${endpointKey(request)}`;

/** How many distinct acts on an element were closely followed by a call of an endpoint. */
function countRepeats(file: CaseFile): Map<string, Set<string>> {
  const repeats = new Map<string, Set<string>>();
  for (const request of file.requests) {
    if (request.details.action !== null) continue;
    const act = followed(file, request);
    if (!act) continue;
    const acts = repeats.get(repeatKey(act, request)) ?? new Set();
    repeats.set(repeatKey(act, request), acts.add(act.id));
  }
  return repeats;
}

/** How the act came to start it, as recorded. */
function startedBy({ details: { timer, after } }: Fact<'request'>): string {
  const over =
    timer === null ? '' : ` over a ${timer.kind}${timer.delayMs === undefined ? '' : ` of ${timer.delayMs} ms`}`;
  const with_ = after === null ? '' : ' with an answer it had asked for';
  return `the recorder saw the act start this request${over}${with_}`;
}

function addRequestEdge(
  file: CaseFile,
  graph: GraphBuilder,
  request: Fact<'request'>,
  listed: ReadonlyMap<string, Fact<'click'>>,
  repeats: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  const generation = generationOf(request);
  const { action, id } = request.details;
  const known = action === null ? undefined : file.actById(generation, action);
  const act = known ?? listed.get(`${generation} ${id}`);
  if (act) {
    graph.edge({
      ...{ from: act.id, to: request.id, type: 'triggered', strength: STRENGTH.identity },
      rule: known ? 'request-names-action' : 'effect-lists-request',
      why: known ? startedBy(request) : 'the recorder saw the act start this request',
      evidence: [act.id, request.id],
    });
    return;
  }
  const near = followed(file, request);
  if (near) {
    const afterMs = Math.round(request.at - near.at);
    const followedActs = repeats.get(repeatKey(near, request))?.size ?? 0;
    const repeated = followedActs > 1 && followedActs >= REGULAR_SHARE * file.clicksOn(elementKey(near)).length;
    // A recorder that names causes and did not name one here speaks against this link.
    const named = near.details.action !== null;
    graph.edge({
      ...{ from: near.id, to: request.id, type: 'triggered' },
      rule: repeated ? 'request-after-each-act' : 'request-after-act',
      strength: repeated
        ? STRENGTH.key
        : named
          ? STRENGTH.faint
          : afterMs <= FOLLOW_MS / 5
            ? STRENGTH.time
            : STRENGTH.loose,
      why: repeated
        ? 'the same endpoint was called after each of several such acts'
        : `the request was sent ${afterMs} ms after the act`,
      evidence: [near.id, request.id],
    });
    return;
  }
  const page = lastAtOrBefore(file.pagesOf(request.window), request.at);
  if (!page) return;
  graph.edge({
    ...{ from: page.id, to: request.id, type: 'initiated', rule: 'request-on-page', strength: STRENGTH.time },
    why: 'the request was sent on this page and no act led to it',
    evidence: [page.id, request.id],
  });
}
