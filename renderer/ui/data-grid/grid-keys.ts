import type { PickMode } from './grid-types.ts';

/** What a key means in a grid. */
export type GridKey =
  | { readonly type: 'move'; readonly index: number; readonly mode: PickMode }
  | { readonly type: 'toggle' }
  | { readonly type: 'all' }
  | { readonly type: 'open' };

/** What a key means on a heading; `step` is -1 to the left, 1 to the right. */
export type HeaderKey = { readonly type: 'go' | 'resize' | 'move'; readonly step: 1 | -1 } | { readonly type: 'menu' };

/** Reads a key press on a heading. Null for keys that are not the heading's. */
export function readHeaderKey(press: KeyPress): HeaderKey | null {
  if (press.key === 'ContextMenu' || (press.key === 'F10' && press.shiftKey)) return { type: 'menu' };
  if (press.key === 'ArrowDown' && press.altKey) return { type: 'menu' };
  const step = press.key === 'ArrowRight' ? 1 : press.key === 'ArrowLeft' ? -1 : null;
  if (step === null || press.shiftKey) return null;
  if (press.altKey) return { type: 'resize', step };
  return { type: press.ctrlKey || press.metaKey ? 'move' : 'go', step };
}

/** The parts of a keyboard event that matter here. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * Reads a key press in a list of `total` rows where row `active` has the focus (null: none yet). `page` is the number of
 * rows on the screen. Null for keys that are not the grid's.
 */
export function readGridKey(press: KeyPress, active: number | null, total: number, page: number): GridKey | null {
  const command = press.ctrlKey || press.metaKey;
  if (press.altKey || total === 0) return null;
  if (command) return press.key.toLowerCase() === 'a' ? { type: 'all' } : null;
  if (press.key === 'Enter') return { type: 'open' };
  if (press.key === ' ') return { type: 'toggle' };
  const target = moveTo(press.key, active, total, page);
  if (target === null) return null;
  return { type: 'move', index: Math.min(total - 1, Math.max(0, target)), mode: press.shiftKey ? 'range' : 'one' };
}

function moveTo(key: string, active: number | null, total: number, page: number): number | null {
  const from = active ?? -1;
  switch (key) {
    case 'ArrowDown':
      return from + 1;
    case 'ArrowUp':
      return active === null ? total - 1 : from - 1;
    case 'PageDown':
      return from + page;
    case 'PageUp':
      return from - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
