import { readColours } from '../../../ui/theme-tokens.ts';
import type { Tone } from './lane.ts';

const TONE_TOKENS: Readonly<Record<Tone, string>> = {
  quiet: '--border-strong',
  plain: '--text-soft',
  good: '--success',
  accent: '--accent',
  warning: '--warning',
  frustration: '--frustration',
  error: '--error',
};

const TOKENS = {
  text: '--text',
  soft: '--text-soft',
  faint: '--text-faint',
  line: '--border',
  surface: '--surface',
  accent: '--accent',
  chosen: '--surface-selected',
} as const;

/** Colours and type of the timeline, as a canvas takes them. */
export interface Palette extends Readonly<Record<keyof typeof TOKENS, string>> {
  readonly tones: Readonly<Record<Tone, string>>;
  readonly font: string;
}

/** The design tokens as they are now below `host`. */
export function readPalette(host: HTMLElement): Palette {
  const { fontSize, fontFamily } = getComputedStyle(host);
  return {
    ...readColours(host, TOKENS),
    tones: readColours(host, TONE_TOKENS),
    font: `${fontSize} ${fontFamily}`,
  };
}
