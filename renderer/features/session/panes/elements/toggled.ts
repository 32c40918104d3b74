import type { OutlinePath } from '../../../../../shared/model/inspection.ts';

/** The other state for one node. */
export const withToggled = (toggled: readonly number[], id: number): readonly number[] =>
  toggled.includes(id) ? toggled.filter((other) => other !== id) : [...toggled, id];

/** Opens everything above the last node of a path, and leaves the rest as it is. */
export function withRevealed(toggled: readonly number[], path: OutlinePath): readonly number[] {
  const next = new Set(toggled);
  for (const { id, byDefault } of path.slice(0, -1)) {
    if (byDefault) next.delete(id);
    else next.add(id);
  }
  return [...next];
}
