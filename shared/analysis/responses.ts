import type { Fact } from '../facts/details.ts';
import { EFFECT_MS } from '../facts/limits.ts';
import { firstAfter } from '../lib/ordering.ts';
import { type CaseFile, elementKey } from './case-file.ts';
import { DOCUMENT_MS } from './limits.ts';

/**
 * What a person saw after a click: `visible`, `busy` (only the clicked element itself, or a busy state, changed),
 * `none`, or `unknown` when the recording does not say.
 */
export type ClickResponse = 'visible' | 'busy' | 'none' | 'unknown';

/** A watch reported up to this much early still counts as a full second. */
const ALLOWANCE_MS = 100;

/** More acts than this before a page shows up are not one act leading to it. */
const MAX_ACTS_BETWEEN = 50;

/** Judges a click's effect from what was recorded. */
export function responseTo(click: Fact<'click'>): ClickResponse {
  const { effect, editable, interactive, covered } = click.details;
  if (effect === null) return 'unknown';
  if (effect.navigated || effect.scrolled || effect.focusedElsewhere || effect.changed) return 'visible';
  // A click into a field moves the focus; so do clicks that open something elsewhere. What the person did next does not count.
  if (effect.focusMoved && (editable || (effect.source === 'recorded' && effect.undisturbed))) return 'visible';
  // Selecting text is a purpose of its own on plain text; on a control it comes with clicking fast.
  if (effect.selected && !interactive && covered === null) return 'visible';
  // Both must agree: the SDK knows what changes by itself, facts know which change another answer brought.
  const seen = effect.domObserved ? effect.mutations > 0 && effect.dom !== null : effect.mutations > 0;
  if (seen) return effect.dom === null || effect.dom.outside ? 'visible' : 'busy';
  if (effect.source === 'derived' && !effect.domObserved) return 'unknown';
  return effect.observedMs >= EFFECT_MS - ALLOWANCE_MS ? 'none' : 'unknown';
}

/** The click led to another document, which may take longer than an effect. */
export function leadsAway(file: CaseFile, click: Fact<'click'>): boolean {
  const pages = file.pagesOf(click.window);
  const page = pages[firstAfter(pages, click.at)];
  if (page?.details.change !== 'load' || page.details.reload || page.at - click.at > DOCUMENT_MS) return false;
  const acts = file.acts(click.window);
  const first = firstAfter(acts, click.at);
  for (let i = first; i < acts.length && i < first + MAX_ACTS_BETWEEN; i += 1) {
    const act = acts[i];
    if (!act || act.at >= page.at) return true;
    if (elementKey(act) !== elementKey(click) && act.kind !== 'submit') return false;
  }
  return acts.length <= first + MAX_ACTS_BETWEEN;
}
