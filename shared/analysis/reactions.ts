import type { Fact } from '../facts/details.ts';
import { firstAfter } from '../lib/ordering.ts';
import type { Frustration } from '../model/finding.ts';
import { type Act, type CaseFile, elementKey } from './case-file.ts';
import { DOUBLE_CLICK_MS, LEAVING_MS, REACTION_MS } from './limits.ts';

/** What the person did after something went wrong. */
export interface Reaction {
  readonly kind: 'rage' | 'repeat' | 'reload' | 'left' | 'ended';
  readonly at: number;
  /** For the chain: `4 fast clicks on "Pay"`. */
  readonly text: string;
  /** For the summary line: `4 rage clicks`. */
  readonly brief: string;
  readonly signals: readonly string[];
  /** How strongly it speaks for a fault, in points. */
  readonly weight: number;
}

/** The rage moment a click belongs to, by the click's id. */
export type RageOf = (click: string) => Frustration | undefined;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/**
 * Reactions to what followed `act`, strongest first: rage or repeated clicks on the same element, a reload, leaving the
 * page or the end of the recording. Also those during a long wait, until `settledAt`.
 */
export function reactionsTo(file: CaseFile, rageOf: RageOf, act: Act, settledAt: number = act.at): Reaction[] {
  const until = Math.max(settledAt, act.at) + REACTION_MS;
  const again = clicksAfter(file, act, until);
  const rage = [act, ...again].map(({ id }) => rageOf(id)).find((found) => found !== undefined);
  const found: Reaction[] = [];
  if (rage) {
    const count = rage.signals.length;
    found.push({
      ...{
        kind: 'rage',
        at: rage.at,
        text: rage.text,
        brief: `${count} rage clicks`,
        signals: rage.signals,
        weight: 4,
      },
    });
  } else if (again.some(({ at }) => at - act.at > DOUBLE_CLICK_MS)) {
    const times = `${again.length} more ${again.length === 1 ? 'click' : 'clicks'}`;
    found.push({
      ...{ kind: 'repeat', at: again[0]?.at ?? act.at, text: `${times} on the same element`, brief: times, weight: 2 },
      signals: again.map(({ id }) => id),
    });
  }
  return [...found, ...departures(file, act, again.at(-1)?.at ?? act.at, settledAt)];
}

function clicksAfter(file: CaseFile, act: Act, until: number): Fact<'click'>[] {
  const clicks = file.clicksOn(elementKey(act));
  const found: Fact<'click'>[] = [];
  for (let i = firstAfter(clicks, act.at); i < clicks.length && found.length < 100; i += 1) {
    const click = clicks[i];
    if (!click || click.at > until) break;
    found.push(click);
  }
  return found;
}

function departures(file: CaseFile, act: Act, lastAt: number, settledAt: number): Reaction[] {
  const loads = file.loadsOf(act.window);
  const load = loads[firstAfter(loads, act.at)];
  const until = Math.max(lastAt, settledAt) + LEAVING_MS;
  if (load && load.at <= until) {
    const kind = load.details.reload ? 'reload' : 'left';
    const text = load.details.reload ? 'The page is loaded again' : `The person leaves for ${load.page}`;
    return [{ kind, at: load.at, text, brief: kind, signals: [load.id], weight: kind === 'reload' ? 3 : 1 }];
  }
  const acts = file.acts(act.window);
  const next = acts[firstAfter(acts, lastAt)];
  if (next || file.endedAt > until) return [];
  const text = `The recording ends ${seconds(file.endedAt - lastAt)} later, without another act`;
  return [{ kind: 'ended', at: file.endedAt, text, brief: 'gave up', signals: [], weight: 1 }];
}
