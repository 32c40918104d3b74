import { firstAtOrAfter, lastAtOrBefore } from '../lib/ordering.ts';
import { answeredAt, type Call } from './calls.ts';
import type { DomSummary } from './details.ts';
import type { DomChange } from './dom-change.ts';
import { AMBIENT_CHANGES, MAX_CHANGES_READ, RENDER_MS, UNPROMPTED_AFTER_ACT_MS } from './limits.ts';
import type { GenerationRecord } from './recording.ts';

/** Which changes count in a summary. */
export interface ChangeScope {
  /** Whether a change that an answer of this request brought counts; changes no answer explains always do. */
  readonly ofRequest?: (request: string) => boolean;
  /** Whether a change that this act's own code made counts; left out, those of all acts do. */
  readonly ofAction?: (action: number) => boolean;
  /** Changes after this whose cause was not recorded do not count. */
  readonly guessUntil?: number;
  /** Changes right after `from` are the effect of the act then, even where an answer explains them too. */
  readonly ofAct?: boolean;
  /** Only changes that an answer of `ofRequest` explains. */
  readonly onlyAnswered?: boolean;
  /** rrweb node of the element that was used: what changes only inside it carries no message. */
  readonly trigger?: number;
  /** Regions that showed the waiting: going back to rest there carries no message. */
  readonly restingIn?: readonly number[];
}

/** DOM changes of one generation, with what changes by itself taken out and answers told apart. */
export interface DomIndex {
  readonly observed: boolean;
  /** Sums up the changes in `[from, to]`; null when nothing in scope changed. */
  summary(from: number, to: number, scope?: ChangeScope): DomSummary | null;
}

/** More answers in one render time than this are a storm in which nothing can be told apart. */
const MAX_CAUSES = 20;

interface Moment {
  readonly at: number;
  readonly request: string | null;
}

interface Explained extends DomChange {
  /** Requests whose answers came within the render time before it, since the change before. */
  readonly requests: readonly string[];
  /** Nothing explains it, or an act of the person came after those answers. */
  readonly free: boolean;
  /** More than one thing can have caused it. */
  readonly shared: boolean;
  /** The recorder saw all that made it: nothing of it is a guess. */
  readonly recorded: boolean;
}

/** The recorder saw what made it, and nothing beside. */
const isRecorded = ({ causes }: DomChange): boolean =>
  causes !== null && causes.length > 0 && causes.every((cause) => Object.keys(cause).length > 0);

/** Whether a change whose causes were all recorded counts. */
const countsAsRecorded = ({ causes }: DomChange, { ofRequest, ofAction, onlyAnswered }: ChangeScope): boolean =>
  (causes ?? []).some(({ action, request }) => {
    if (request !== undefined && ofRequest?.(request)) return true;
    if (request !== undefined || onlyAnswered) return false;
    return action === undefined || ofAction === undefined || ofAction(action);
  });

/** Builds the index from a generation's changes, its calls and the sorted times the person did something. */
export function indexDom(generation: GenerationRecord, calls: readonly Call[], actTimes: readonly number[]): DomIndex {
  const answers = answerMoments(calls);
  const acts: Moment[] = actTimes.map((at) => ({ at, request: null }));
  const ambient = ambientRegions(generation, answers, acts);
  const isAmbient = (change: DomChange): boolean =>
    !isRecorded(change) &&
    !change.spread &&
    change.regions.length > 0 &&
    change.regions.every((region) => ambient.has(region));
  const changes = generation.changes
    .filter((change) => !isAmbient(change))
    .map((change, i, all) => explain(change, all[i - 1]?.at ?? Number.NEGATIVE_INFINITY, answers, acts));
  const inside = (change: DomChange, node: number): boolean =>
    !change.spread && change.regions.every((region) => generation.directory.contains(node, region));

  return {
    observed: generation.domObserved,
    summary(from, to, scope = {}) {
      const found: Explained[] = [];
      let read = 0;
      for (let i = firstAtOrAfter(changes, from); i < changes.length && read < MAX_CHANGES_READ; i += 1, read += 1) {
        const change = changes[i];
        if (!change || change.at > to) break;
        if (change.recorded) {
          if (countsAsRecorded(change, scope)) found.push(change);
          continue;
        }
        const { ofRequest, onlyAnswered, ofAct, guessUntil = to } = scope;
        if (change.at > guessUntil) continue;
        const answered = ofRequest !== undefined && change.requests.some(ofRequest);
        if (answered || (change.free && !onlyAnswered) || (ofAct && change.at - from <= RENDER_MS)) found.push(change);
      }
      if (found.length === 0) return null;
      const outside = found.filter(
        (change) => !change.busyOnly && (scope.trigger === undefined || !inside(change, scope.trigger)),
      );
      return {
        ...sumUp(found, from),
        outside: outside.length > 0,
        told: outside.some((change) => tells(change, scope)),
      };
    },
  };
}

/** Moments at which the page learned something from a request. */
function answerMoments(calls: readonly Call[]): Moment[] {
  const moments: Moment[] = [];
  for (const call of calls) {
    // Nobody sees the answer of a beacon.
    if (call.api === 'beacon') continue;
    // An answer nobody reads (an error status) can still be rendered from its head.
    for (const at of new Set([answeredAt(call), call.consumedAt]))
      if (at !== null) moments.push({ at, request: call.id });
  }
  return moments.sort((a, b) => a.at - b.at);
}

const isWithin = (moment: Moment | undefined, at: number, ms: number): moment is Moment =>
  moment !== undefined && at - moment.at <= ms;

function ambientRegions(
  generation: GenerationRecord,
  answers: readonly Moment[],
  acts: readonly Moment[],
): Set<number> {
  const counts = new Map<number, number>();
  for (const change of generation.changes) {
    const prompted =
      isRecorded(change) ||
      isWithin(lastAtOrBefore(acts, change.at), change.at, UNPROMPTED_AFTER_ACT_MS) ||
      isWithin(lastAtOrBefore(answers, change.at), change.at, RENDER_MS * 2) ||
      change.at - generation.firstAt < UNPROMPTED_AFTER_ACT_MS;
    if (prompted) continue;
    for (const region of change.regions) counts.set(region, (counts.get(region) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= AMBIENT_CHANGES).map(([region]) => region));
}

function explain(
  change: DomChange,
  previousAt: number,
  answers: readonly Moment[],
  acts: readonly Moment[],
): Explained {
  if (isRecorded(change)) {
    const causes = change.causes ?? [];
    const requests = [...new Set(causes.flatMap(({ request }) => request ?? []))];
    const free = causes.some(({ request }) => request === undefined);
    return { ...change, requests, free, shared: causes.length > 1, recorded: true };
  }
  // What happened before the previous change has had its effect; only when nothing came since can it be the cause again.
  const from = change.at - RENDER_MS;
  const fresh = requestsBetween(answers, Math.max(from, previousAt + 1), change.at);
  const requests = fresh.length > 0 ? fresh : requestsBetween(answers, from, change.at);
  const answeredAt = lastAtOrBefore(answers, change.at)?.at ?? Number.NEGATIVE_INFINITY;
  const act = lastAtOrBefore(acts, change.at);
  const afterAct = isWithin(act, change.at, RENDER_MS) && act.at > previousAt;
  return {
    ...change,
    requests,
    free: requests.length === 0 || (afterAct && act.at >= answeredAt),
    shared: requests.length + (afterAct ? 1 : 0) > 1,
    recorded: false,
  };
}

function requestsBetween(answers: readonly Moment[], from: number, to: number): string[] {
  const found = new Set<string>();
  for (let i = firstAtOrAfter(answers, from); i < answers.length && found.size < MAX_CAUSES; i += 1) {
    const answer = answers[i];
    if (!answer || answer.at > to) break;
    if (answer.request !== null) found.add(answer.request);
  }
  return [...found];
}

function tells(change: DomChange, scope: ChangeScope): boolean {
  if (change.added + change.texts > 0) return true;
  const resting = new Set(scope.restingIn ?? []);
  return change.attributes > 0 && !change.regions.every((region) => resting.has(region));
}

function sumUp(found: readonly Explained[], from: number): Omit<DomSummary, 'outside' | 'told'> {
  const sum = (pick: (change: Explained) => number): number => found.reduce((total, change) => total + pick(change), 0);
  const first = found[0];
  return {
    changes: found.length,
    added: sum((change) => change.added),
    removed: sum((change) => change.removed),
    texts: sum((change) => change.texts),
    firstMs: (first?.at ?? from) - from,
    node: first?.regions[0] ?? -1,
    regions: [...new Set(found.flatMap((change) => change.regions))].slice(0, 16),
    sole: first ? !first.shared : false,
    recorded: found.every((change) => change.recorded),
    contested: found.every((change) => change.requests.length > 1),
  };
}
