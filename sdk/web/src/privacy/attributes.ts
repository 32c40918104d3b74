import type { MaskState } from './rules.ts';
import { maskInput, maskText, scrub } from './text.ts';
import { maskSrcset, maskUrl } from './url.ts';

/** Attributes that a person reads or hears. */
const TEXT = new Set(
  'title placeholder alt label summary abbr content datetime download value aria-label aria-description aria-placeholder aria-roledescription aria-valuetext aria-valuenow aria-braillelabel aria-brailleroledescription'.split(
    ' ',
  ),
);
const ADDRESS = new Set('href xlink:href src rr_src action formaction poster background data cite ping'.split(' '));
/** Buttons spelled as inputs: their value is a caption of the page, not something entered. */
const CAPTION_TYPES = new Set(['submit', 'button', 'reset', 'image']);
/** What the browser itself reads from `meta`. */
const PAGE_META = new Set(['viewport', 'color-scheme', 'theme-color']);

/** An attribute and where it sits. */
export interface AttributePlace {
  readonly tag: string;
  /** Of an input or meta element: its `type` or `name`. */
  readonly type?: string | undefined;
  readonly state: MaskState;
}

const isField = (tag: string): boolean => tag === 'input' || tag === 'textarea' || tag === 'select' || tag === 'option';

/** The value of an attribute as it may be recorded; null drops the attribute. */
export function maskAttribute(name: string, value: string, place: AttributePlace): string | null {
  const { tag, state } = place;
  const key = name.toLowerCase();
  if (key === 'srcdoc') return null; // the frame's document is recorded by itself, with its text masked
  if (key.startsWith('on')) return ''; // never runs in a replay, and code built by a server can hold data
  if (key === 'value' && isField(tag) && !(tag === 'input' && CAPTION_TYPES.has(place.type?.toLowerCase() ?? ''))) {
    return maskInput(value, place.type?.toLowerCase() === 'password');
  }
  if (key === 'content' && PAGE_META.has(place.type?.toLowerCase() ?? '')) return value;
  if (key === 'data' && tag !== 'object') return scrub(value);
  if (TEXT.has(key)) return state === 'open' ? value : maskText(value);
  if (key === 'srcset' || key === 'imagesrcset') return maskSrcset(value);
  // Pictures and styles inside the address are the page itself; there is nothing to look up in them.
  if (ADDRESS.has(key)) return /^\s*data:(image|font|text\/css)/i.test(value) ? value : maskUrl(value);
  if (key.startsWith('data-')) return scrub(value);
  return value;
}
