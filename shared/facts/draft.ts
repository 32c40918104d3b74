import type { EventRef } from '../model/identity.ts';
import type { Signal, SignalKind } from '../model/signal.ts';
import type { DetailsOf, Fact } from './details.ts';

/** A signal before it has its number. */
export type Draft = Omit<Signal, 'id'>;

/** A draft whose details fit its kind. */
export const draft = <K extends SignalKind>(kind: K, fields: Omit<Fact<K>, 'id' | 'kind'>): Draft => ({
  ...fields,
  kind,
  details: fields.details as DetailsOf[K] & Record<string, unknown>,
});

const KINDS: readonly SignalKind[] = [
  ...(['gap', 'omission', 'page', 'state', 'track', 'form', 'input', 'submit', 'click', 'request', 'stream'] as const),
  ...(['backend', 'console', 'error', 'task', 'vital'] as const),
];

/** Numbers drafts in time order; equal times by place in the recording, then by kind. */
export function numbered(drafts: readonly Draft[]): Signal[] {
  const first = (item: Draft): EventRef | undefined => item.events[0];
  return [...drafts]
    .sort((a, b) => {
      const left = first(a);
      const right = first(b);
      const byGeneration = (left?.generation ?? '') < (right?.generation ?? '') ? -1 : 1;
      return (
        a.at - b.at ||
        (left?.generation === right?.generation ? 0 : byGeneration) ||
        (left?.seq ?? 0) - (right?.seq ?? 0) ||
        KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)
      );
    })
    .map((item, index) => ({ id: `s${index}`, ...item }));
}
