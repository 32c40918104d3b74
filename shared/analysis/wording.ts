import type { Fact } from '../facts/details.ts';
import { elementName, readableLabel, short } from '../facts/naming.ts';
import type { Signal } from '../model/signal.ts';

/** A duration for people: `340 ms`, `8.2 s`. */
export const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** An element at the start of a sentence: its label without quotes, or its selector when that is masked. */
export const subject = (element: Signal['element'] | { selector: string; label?: string | undefined }): string =>
  element ? (readableLabel(element.label) ?? elementName(element)) : 'The page';

/** An act for the summary line: `click "Pay"`. */
export function actBrief(act: Pick<Signal, 'kind' | 'element' | 'text'>): string {
  if (act.kind === 'page') return act.text.charAt(0).toLowerCase() + act.text.slice(1);
  const verb = act.kind === 'click' ? 'click' : act.kind === 'submit' ? 'submit' : 'type into';
  return `${verb} ${elementName(act.element)}`;
}

/** An error in a line: `TypeError: x is undefined`. */
export const errorBrief = (trouble: Fact<'error'> | Fact<'console'>): string =>
  short(trouble.text.replace(/^console\.error: /, '').split('\n', 1)[0] ?? '', 120);
