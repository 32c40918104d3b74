const WINDOW_MS = 60_000;
const MAX_CRASHES = 3;

/** Decides whether a crashed process may start again: not after the third crash within a minute. */
export function createCrashBudget(now: () => number): { readonly spend: () => boolean } {
  let crashes: number[] = [];
  return {
    /** Notes a crash. @returns whether to start again. */
    spend: () => {
      const at = now();
      crashes = [...crashes.filter((crash) => at - crash < WINDOW_MS), at];
      return crashes.length < MAX_CRASHES;
    },
  };
}
