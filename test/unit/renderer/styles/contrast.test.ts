import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../../renderer/styles/tokens.css', import.meta.url), 'utf8');

const more = css.slice(css.indexOf(':root[data-contrast="more"]'), css.indexOf(':root[data-theme="light"]'));
const THEMES = {
  light: { tokens: css, side: 1, least: 4.5 },
  dark: { tokens: css, side: 2, least: 4.5 },
  'high contrast, light': { tokens: more, side: 1, least: 7 },
  'high contrast, dark': { tokens: more, side: 2, least: 7 },
} as const;
type Theme = keyof typeof THEMES;

/** `--name: light-dark(#rrggbb, #rrggbb)` or `--name: #rrggbb`. */
function token(name: string, theme: Theme): string {
  const { tokens, side } = THEMES[theme];
  const pair = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens);
  const single = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(tokens);
  const value = pair?.[side] ?? single?.[1];
  if (!value) throw new Error(`tokens.css has no colour --${name} for ${theme}`);
  return value;
}

/** Relative luminance as WCAG 2 defines it. */
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const TEXTS = ['text', 'text-soft', 'text-faint', 'accent', 'error', 'warning', 'frustration', 'success'];
const BACKGROUNDS = ['surface', 'surface-raised', 'surface-hover', 'surface-selected', 'chrome'];
const PAIRS: readonly (readonly [string, string])[] = [
  ...TEXTS.flatMap((text) => BACKGROUNDS.map((background) => [text, background] as const)),
  ['error', 'error-soft'],
  ['text', 'error-soft'],
  ['warning', 'warning-soft'],
  ['frustration', 'frustration-soft'],
  ['success', 'success-soft'],
  ['on-accent', 'accent-fill'],
  ['on-accent', 'accent-fill-hover'],
  ['on-accent', 'error-fill'],
  ['text-soft', 'stage'],
];

describe.each(Object.keys(THEMES) as Theme[])('%s theme', (theme) => {
  it('has enough contrast for every text on every surface it is used on', () => {
    const weak = PAIRS.map(([text, background]) => ({
      pair: `${text} on ${background}`,
      ratio: contrast(token(text, theme), token(background, theme)),
    })).filter(({ ratio }) => ratio < THEMES[theme].least);
    expect(weak).toEqual([]);
  });
  it('has 3:1 for the outlines of fields', () => {
    expect(contrast(token('border-strong', theme), token('surface', theme))).toBeGreaterThanOrEqual(3);
  });
});
