/** What the running app must do to show what was built. */
export type Consequence = 'nothing' | 'reload' | 'restart';

/** Targets that live in the window; the rest runs in processes that must start anew. */
const IN_WINDOW = new Set(['renderer', 'frame']);
const NOT_IN_APP = new Set(['server']);

/** @param built names of the targets that were built again */
export function consequenceOf(built: readonly string[]): Consequence {
  const inApp = built.filter((name) => !NOT_IN_APP.has(name));
  if (inApp.length === 0) return 'nothing';
  return inApp.every((name) => IN_WINDOW.has(name)) ? 'reload' : 'restart';
}
