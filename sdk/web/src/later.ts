import type { ActTimes } from './capture/acts.ts';
import { captureDom, type DomCapture, type DomDeps, nodeById, nodeId } from './capture/dom.ts';
import { captureInteractions } from './capture/interactions.ts';
import { captureTasks } from './capture/tasks.ts';
import { captureVitals } from './capture/vitals.ts';
import type { Emit } from './captured.ts';
import type { Clock } from './clock.ts';
import { createRecordingMask } from './privacy/recording.ts';
import type { Rules } from './privacy/rules.ts';
import type { Scope } from './scope.ts';

/** rrweb's id of a node, -1 when it does not know it. */
export { nodeId };

/** What the later part needs of the first one. */
export interface LaterDeps {
  readonly emit: Emit;
  readonly clock: Clock;
  readonly acts: ActTimes;
  readonly rules: Rules;
  readonly store: DomDeps['store'];
}

/**
 * Everything that can wait until the page has loaded: the document, which is large to record and recorded whole whenever
 * that begins, and what the browser has measured meanwhile. A file of its own, so that a page loads little at first.
 */
export function startLater(scope: Scope, { emit, clock, acts, rules, store }: LaterDeps): DomCapture | undefined {
  scope.run(() => captureVitals(scope, { emit, clock }));
  scope.run(() => captureTasks(scope, { emit, clock }));
  scope.run(() => captureInteractions(scope, { emit, clock, acts }));
  return scope.run(() => captureDom(scope, { ...rules, mask: createRecordingMask(rules, nodeById), store }));
}
