import { createBudget } from './capture/budget.ts';
import type { Timers } from './clock.ts';

/** Watches how much the document changes. */
export interface Wildness {
  /** Changes are being left out just now. */
  readonly isOver: boolean;
  /** @returns whether a change of so many characters may be recorded. */
  admits(chars: number, at: number): boolean;
}

/** What watching needs. @param onCalm told what was left out when the document has calmed down. */
export interface WildnessDeps {
  readonly now: () => number;
  readonly timers: Timers;
  readonly isActive: () => boolean;
  readonly onCalm: (left: { readonly since: number; readonly count: number }) => void;
}

/** How often it is looked whether a wild document has calmed down. */
const CALM_MS = 1_000;

/** A document that changes too wildly is recorded anew when it calms down, and what lies between is left out. */
export function createWildness({ now, timers, isActive, onCalm }: WildnessDeps): Wildness {
  const budget = createBudget(now);
  let wild: { since: number; count: number } | undefined;
  const look = (): void => {
    if (!isActive() || !wild) return;
    if (!budget.isRecovered()) {
      timers.set(look, CALM_MS);
      return;
    }
    const left = wild;
    wild = undefined;
    onCalm(left);
  };
  return {
    get isOver() {
      return wild !== undefined;
    },
    admits(chars, at) {
      if (wild) {
        wild.count++;
        return false;
      }
      if (budget.spend(chars)) return true;
      wild = { since: at, count: 1 };
      timers.set(look, CALM_MS);
      return false;
    },
  };
}
