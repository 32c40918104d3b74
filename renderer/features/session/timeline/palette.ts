import type { Tone } from './lane.ts';

/** Colours and type of the timeline, as a canvas takes them. */
export interface Palette {
  readonly tones: Readonly<Record<Tone, string>>;
  readonly text: string;
  readonly soft: string;
  readonly faint: string;
  readonly line: string;
  readonly surface: string;
  readonly accent: string;
  readonly chosen: string;
  readonly font: string;
}

/**
 * The design tokens as they are now below `host`. A canvas does not understand light-dark(), so each colour is read
 * back from an element that has it.
 */
export function readPalette(host: HTMLElement): Palette {
  const probe = host.ownerDocument.createElement('span');
  host.append(probe);
  const token = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const { fontSize, fontFamily } = getComputedStyle(host);
  const palette: Palette = {
    tones: {
      quiet: token('--border-strong'),
      plain: token('--text-soft'),
      good: token('--success'),
      accent: token('--accent'),
      warning: token('--warning'),
      frustration: token('--frustration'),
      error: token('--error'),
    },
    text: token('--text'),
    soft: token('--text-soft'),
    faint: token('--text-faint'),
    line: token('--border'),
    surface: token('--surface'),
    accent: token('--accent'),
    chosen: token('--surface-selected'),
    font: `${fontSize} ${fontFamily}`,
  };
  probe.remove();
  return palette;
}

/** Calls `changed` whenever the colours may have become others. @returns stops it */
export function watchPalette(changed: () => void): () => void {
  const root = document.documentElement;
  const observer = new MutationObserver(changed);
  observer.observe(root, { attributes: true });
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
