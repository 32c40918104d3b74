import { record } from '@rrweb/record';
import type { eventWithTime } from '@rrweb/types';
import type { RecordingMask } from '../privacy/recording.ts';
import type { Scope } from '../scope.ts';

/** rrweb's id of a node, -1 when it does not know it (yet). */
export const nodeId = (node: Node): number => record.mirror.getId(node);

/** The node of an rrweb id. */
export const nodeById = (id: number): Node | null => record.mirror.getNode(id);

/** The running recording of the DOM. */
export interface DomCapture {
  /** Records the whole document again, so that what follows can be replayed without what came before. */
  snapshot(): void;
}

/** What recording the DOM needs. */
export interface DomDeps {
  readonly mask: RecordingMask;
  readonly blockSelector: string;
  readonly ignoreSelector: string;
  readonly store: (event: { type: number; data: unknown }) => void;
}

/** rrweb wraps these two old functions and does not take its wrappers out again. @returns what does. */
function keepLegacyRules(): () => void {
  const owner = CSSStyleSheet.prototype;
  const names = ['addRule', 'removeRule'] as const;
  const before = names.map((name) => Object.getOwnPropertyDescriptor(owner, name));
  return () => {
    for (const [i, name] of names.entries()) Object.defineProperty(owner, name, before[i] ?? {});
  };
}

/** Records the DOM by rrweb, masked before anything is kept. */
export function captureDom(scope: Scope, { mask, blockSelector, ignoreSelector, store }: DomDeps): DomCapture {
  let started = false;
  const giveBack = keepLegacyRules();
  const stop = record<eventWithTime>({
    emit: (event) => {
      scope.run(() => {
        if (!scope.active) return;
        started = true;
        mask.apply(event);
        store(event);
      });
    },
    recordAfter: 'DOMContentLoaded',
    blockSelector,
    // rrweb asks the field alone, and what is around it counts too.
    ignoreSelector: `:is(${ignoreSelector}),:is(${ignoreSelector}) *`,
    // The first of two: our own masking sees every value again, also of kinds that rrweb does not count as input.
    maskAllInputs: true,
    slimDOMOptions: 'all',
    errorHandler: (error) => {
      scope.run(() => {
        throw error;
      });
      return true;
    },
  });
  scope.onStop(() => {
    stop?.();
    giveBack();
  });
  return {
    snapshot() {
      if (started) record.takeFullSnapshot(true);
    },
  };
}
