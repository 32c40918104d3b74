import type { Fact } from '../facts/details.ts';
import { firstAfter, groupBy } from '../lib/ordering.ts';
import type { Frustration } from '../model/finding.ts';
import { type CaseFile, endpointKey, generationOf } from './case-file.ts';
import type { Edge, EvidenceGraph } from './graph/index.ts';
import { SLOW_MS, STALE_MS } from './limits.ts';
import { isSuccess, isTelemetry } from './outcome.ts';
import { waitedUntil } from './requests.ts';

/** Something a person met: where the search for a cause begins. */
export type Symptom =
  | { readonly kind: 'rage-click' | 'dead-click' | 'error-click'; readonly clicks: readonly Fact<'click'>[] }
  /** A form sent without a click, whose request may have failed. */
  | { readonly kind: 'submit'; readonly submit: Fact<'submit'> }
  /** Code that used a good answer threw, or could not read it. `edge` is absent for the latter. */
  | {
      readonly kind: 'broken-use';
      readonly request: Fact<'request'>;
      readonly error: Fact<'error'> | Fact<'console'> | null;
      readonly edge: Edge | null;
    }
  /** An older answer stands where a newer one stood. */
  | {
      readonly kind: 'stale-content';
      readonly older: Fact<'request'>;
      readonly newer: Fact<'request'>;
      readonly edge: Edge;
    }
  | { readonly kind: 'long-wait'; readonly request: Fact<'request'> };

/** The kinds of symptoms templates can explain. */
export type SymptomKind = Symptom['kind'];

/** Everything in a session that a cause may have to explain. */
export function findSymptoms(file: CaseFile, graph: EvidenceGraph, frustrations: readonly Frustration[]): Symptom[] {
  return [
    ...frustrations.map(({ kind, signals }): Symptom => {
      const clicks = signals.flatMap((id) => {
        const signal = file.signal(id);
        return signal?.kind === 'click' ? [signal as Fact<'click'>] : [];
      });
      return { kind, clicks };
    }),
    ...file.submits
      .filter((submit) => submit.details.cause === null)
      .map((submit): Symptom => ({ kind: 'submit', submit })),
    ...brokenUses(file, graph),
    ...staleContents(file, graph),
    ...file.requests
      .filter((request) => !isTelemetry(request) && waitedUntil(file, request) - request.at >= SLOW_MS)
      .map((request): Symptom => ({ kind: 'long-wait', request })),
  ];
}

function brokenUses(file: CaseFile, graph: EvidenceGraph): Symptom[] {
  const unreadable = file.requests
    .filter(({ details }) => details.failure === 'parse' && (details.status ?? 200) < 300)
    .map((request): Symptom => ({ kind: 'broken-use', request, error: null, edge: null }));
  const thrown = graph.edges.flatMap((edge): Symptom[] => {
    const request = file.signal(edge.from);
    const error = file.signal(edge.to);
    if (edge.type !== 'threw' || request?.kind !== 'request' || !isSuccess(request as Fact<'request'>)) return [];
    if (error?.kind !== 'error' && error?.kind !== 'console') return [];
    return [{ kind: 'broken-use', request: request as Fact<'request'>, error: error as Fact<'error'>, edge }];
  });
  return [...unreadable, ...thrown];
}

function staleContents(file: CaseFile, graph: EvidenceGraph): Symptom[] {
  const uses = groupBy(
    file.requests
      .flatMap((request) => (request.details.consumedAt === null ? [] : [{ at: request.details.consumedAt, request }]))
      .sort((a, b) => a.at - b.at),
    ({ request }) => `${generationOf(request)} ${endpointKey(request)}`,
  );
  return graph.edges.flatMap((edge): Symptom[] => {
    if (edge.type !== 'superseded') return [];
    const older = file.signal(edge.to) as Fact<'request'>;
    const newer = file.signal(edge.from) as Fact<'request'>;
    const usedAt = older.details.consumedAt ?? older.at;
    const group = uses.get(`${generationOf(older)} ${endpointKey(older)}`) ?? [];
    const next = group[firstAfter(group, usedAt)];
    // What is replaced at once, by another stale answer or by the right one, nobody has read.
    return next && next.at - usedAt < STALE_MS ? [] : [{ kind: 'stale-content', older, newer, edge }];
  });
}
