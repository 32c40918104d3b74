import type { editor } from 'monaco-editor/editor/editor.api.js';
import { readColours } from '../theme-tokens.ts';

const TOKENS = {
  surface: '--surface',
  text: '--text',
  soft: '--text-soft',
  faint: '--text-faint',
  line: '--border',
  accent: '--accent',
  chosen: '--surface-selected',
  hover: '--surface-hover',
  string: '--success',
  number: '--accent',
  name: '--frustration',
  found: '--warning-soft',
} as const;

/** `rgb(1, 2, 3)` or `color(srgb 0 0 1)` as the editor takes it, `#rrggbb`. */
export function toHex(colour: string): string {
  const parts = colour.match(/[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [];
  const [r = 0, g = 0, b = 0] = colour.startsWith('color(') ? parts.slice(0, 3).map((part) => part * 255) : parts;
  return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** Whether a colour is nearer to black than to white. */
export const isDark = (hex: string): boolean => {
  const [r = 0, g = 0, b = 0] = (hex.match(/[\da-f]{2}/gi) ?? []).map((part) => Number.parseInt(part, 16));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128; // relative luminance of ITU-R BT.709, without its gamma
};

/** The editor's colours out of the design tokens as they are now below `host`. */
export function editorTheme(host: HTMLElement): editor.IStandaloneThemeData {
  const read = readColours(host, TOKENS);
  const colour = (name: keyof typeof TOKENS): string => toHex(read[name]);
  const bare = (name: keyof typeof TOKENS): string => colour(name).slice(1);
  return {
    base: isDark(colour('surface')) ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: bare('text') },
      { token: 'string.key.json', foreground: bare('name') },
      { token: 'string.value.json', foreground: bare('string') },
      { token: 'number.json', foreground: bare('number') },
      { token: 'keyword.json', foreground: bare('number') },
      { token: 'delimiter', foreground: bare('soft') },
    ],
    colors: {
      'editor.background': colour('surface'),
      'editor.foreground': colour('text'),
      'editorLineNumber.foreground': colour('faint'),
      'editorLineNumber.activeForeground': colour('text'),
      'editor.selectionBackground': colour('chosen'),
      'editor.lineHighlightBackground': colour('hover'),
      'editor.lineHighlightBorder': colour('hover'),
      'editor.findMatchBackground': colour('found'),
      'editor.findMatchHighlightBackground': colour('found'),
      'editorIndentGuide.background1': colour('line'),
      'editorWidget.background': colour('surface'),
      'editorWidget.border': colour('line'),
      focusBorder: colour('accent'),
    },
  };
}
