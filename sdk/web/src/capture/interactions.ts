import { cut, type Emit } from '../captured.ts';
import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import type { ActTimes } from './acts.ts';
import { observe } from './observe.ts';
import { selectorOf } from './selector.ts';

/** Above it an interaction no longer feels immediate: the "good" limit of INP. */
const SLOW_MS = 200;

/** Records interactions that were slow to show anything, and which action each was. */
export function captureInteractions(
  scope: Scope,
  { emit, clock, acts }: { readonly emit: Emit; readonly clock: Clock; readonly acts: ActTimes },
): void {
  type Entry = PerformanceEventTiming & { readonly interactionId?: number };
  observe<Entry>(scope, { type: 'event', durationThreshold: SLOW_MS }, (entries) => {
    // A click is also a pointerdown and a pointerup: one interaction, named by the event that worked longest.
    const interactions = new Map<number, Entry[]>();
    for (const entry of entries) {
      const { interactionId = 0 } = entry;
      if (interactionId !== 0) interactions.set(interactionId, [...(interactions.get(interactionId) ?? []), entry]);
    }
    for (const parts of interactions.values()) {
      const work = ({ processingEnd, processingStart }: Entry): number => processingEnd - processingStart;
      const main = parts.reduce((most, part) => (work(part) > work(most) ? part : most));
      const startedMs = Math.min(...parts.map(({ startTime }) => startTime));
      const handledMs = Math.min(...parts.map(({ processingStart }) => processingStart));
      const action = parts.map(({ startTime }) => acts.find(startTime)).find((found) => found !== undefined);
      emit('interaction', {
        ...{ type: main.name, at: clock.at(startedMs) },
        durationMs: Math.round(Math.max(...parts.map(({ duration }) => duration))),
        delayMs: Math.max(0, Math.round(handledMs - startedMs)),
        processingMs: Math.max(0, Math.round(Math.max(...parts.map(({ processingEnd }) => processingEnd)) - handledMs)),
        ...(action === undefined ? {} : { action }),
        ...(main.target instanceof Element ? { selector: cut(selectorOf(main.target), 500) } : {}),
      });
    }
  });
}
