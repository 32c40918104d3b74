import { type Fact, isFact } from '../facts/details.ts';
import { groupBy, lastAtOrBefore } from '../lib/ordering.ts';
import type { Signal, SignalKind } from '../model/signal.ts';
import { isSuccess } from './outcome.ts';

/** Something the person did on purpose. */
export type Act = Fact<'click'> | Fact<'input'> | Fact<'submit'>;

/** What is asked to be diagnosed: the signals of one session and its time span (ms since epoch). */
export interface DiagnosisInput {
  readonly signals: readonly Signal[];
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The signals of a session, indexed for the questions of analysis. Every list is in time order. */
export interface CaseFile {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly clicks: readonly Fact<'click'>[];
  readonly submits: readonly Fact<'submit'>[];
  readonly requests: readonly Fact<'request'>[];
  readonly errors: readonly Fact<'error'>[];
  readonly consoles: readonly Fact<'console'>[];
  readonly pages: readonly Fact<'page'>[];
  readonly backends: readonly Fact<'backend'>[];
  readonly signal: (id: string) => Signal | undefined;
  /** What the person did in a window. */
  readonly acts: (window: string) => readonly Act[];
  readonly pagesOf: (window: string) => readonly Fact<'page'>[];
  /** Documents loaded in a window. */
  readonly loadsOf: (window: string) => readonly Fact<'page'>[];
  readonly clicksOn: (element: string) => readonly Fact<'click'>[];
  readonly requestsTo: (endpoint: string) => readonly Fact<'request'>[];
  /** Calls of an endpoint that succeeded. */
  readonly successesOf: (endpoint: string) => readonly Fact<'request'>[];
  /** The act a recorder's action id stands for. */
  readonly actById: (generation: string, action: number) => Act | undefined;
  readonly requestById: (generation: string, request: string) => Fact<'request'> | undefined;
  /** Recorded events are missing between two times of a window. */
  readonly gapIn: (window: string, from: number, to: number) => Fact<'gap'> | undefined;
}

/** The page load a signal was recorded in. */
export const generationOf = (signal: Pick<Signal, 'events'>): string => signal.events[0]?.generation ?? '';

/** Names one element of one page load, over re-rendering (which changes rrweb's node ids). */
export const elementKey = (act: Act): string =>
  `${generationOf(act)} ${act.element ? act.element.selector || act.element.node : act.id}`;

/** Names one endpoint as one window calls it. */
export const endpointKey = ({ window, details }: Fact<'request'>): string =>
  `${window} ${details.method} ${details.origin}${details.route}`;

/** Indexes the signals of a session. */
export function openCase({ signals, startedAt, endedAt }: DiagnosisInput): CaseFile {
  const sorted = [...signals].sort((a, b) => a.at - b.at);
  const of = <K extends SignalKind>(kind: K): Fact<K>[] => sorted.filter((signal) => isFact(signal, kind)) as Fact<K>[];
  const clicks = of('click');
  const submits = of('submit');
  const requests = of('request');
  const pages = of('page');
  const acts: Act[] = [...clicks, ...submits, ...of('input')].sort((a, b) => a.at - b.at);

  const byId = new Map(sorted.map((signal) => [signal.id, signal]));
  const actsByWindow = groupBy(acts, (act) => act.window);
  const pagesByWindow = groupBy(pages, (page) => page.window);
  const loadsByWindow = groupBy(
    pages.filter((page) => page.details.change === 'load'),
    (page) => page.window,
  );
  const gapsByWindow = groupBy(of('gap'), (gap) => gap.window);
  const clicksByElement = groupBy(clicks, elementKey);
  const requestsByEndpoint = groupBy(requests, endpointKey);
  const successes = groupBy(requests.filter(isSuccess), endpointKey);
  const actsById = new Map(
    acts.flatMap((act) => (act.details.action === null ? [] : [[`${generationOf(act)} ${act.details.action}`, act]])),
  );
  const requestsById = new Map(requests.map((request) => [`${generationOf(request)} ${request.details.id}`, request]));

  return {
    startedAt,
    endedAt,
    clicks,
    submits,
    requests,
    errors: of('error'),
    consoles: of('console'),
    pages,
    backends: of('backend'),
    signal: (id) => byId.get(id),
    acts: (window) => actsByWindow.get(window) ?? [],
    pagesOf: (window) => pagesByWindow.get(window) ?? [],
    loadsOf: (window) => loadsByWindow.get(window) ?? [],
    clicksOn: (element) => clicksByElement.get(element) ?? [],
    requestsTo: (endpoint) => requestsByEndpoint.get(endpoint) ?? [],
    successesOf: (endpoint) => successes.get(endpoint) ?? [],
    actById: (generation, action) => actsById.get(`${generation} ${action}`),
    requestById: (generation, request) => requestsById.get(`${generation} ${request}`),
    gapIn(window, from, to) {
      const gap = lastAtOrBefore(gapsByWindow.get(window) ?? [], to);
      return gap && (gap.endAt ?? gap.at) >= from ? gap : undefined;
    },
  };
}
