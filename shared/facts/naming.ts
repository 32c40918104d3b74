import type { CapturedElement } from '../model/captured.ts';
import { MAX_TEXT } from './limits.ts';

/** Cuts a text to the length a signal may have. */
export const short = (text: string, length: number = MAX_TEXT): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

/** A label that says something: masked ones (`***`) and empty ones do not. */
export const readableLabel = (label: string | undefined): string | null => {
  const trimmed = label?.replace(/\s+/g, ' ').trim() ?? '';
  return /[\p{L}\p{N}]/u.test(trimmed) ? short(trimmed, 60) : null;
};

/** How an element is called in sentences: its label in quotes, or its selector when the label is masked. */
export function elementName(element: Pick<CapturedElement, 'selector' | 'label'> | undefined): string {
  const label = readableLabel(element?.label);
  if (label !== null) return `"${label}"`;
  return short(element?.selector || 'an unknown element', 80);
}
