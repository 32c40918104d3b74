/** Round trips up to this long are not worth hiding; longer ones are, by more requests at a time. */
const CHEAP_REQUEST_MS = 25;
const MAX_PARALLEL = 6;
/** Weight of the newest request in the running average. */
const NEWEST = 0.2;

/**
 * Runs one task an index, as many at a time as it takes to hide the time a request needs: one after another on a near
 * server (a kill then loses one chunk), six on a far one. Stops at the first failure and throws it when all have settled.
 */
export async function downloadAll(
  indexes: readonly number[],
  clock: () => number,
  task: (index: number) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let averageMs = 0;
  let failed = false;
  const failures: unknown[] = [];

  async function run(index: number): Promise<void> {
    const startedAt = clock();
    try {
      await task(index);
    } catch (error) {
      failed = true;
      failures.push(error);
    }
    averageMs += NEWEST * (clock() - startedAt - averageMs);
  }

  for (const index of indexes) {
    const limit = Math.min(MAX_PARALLEL, Math.max(1, Math.round(averageMs / CHEAP_REQUEST_MS)));
    while (running.size >= limit) await Promise.race(running);
    if (failed) break;
    const one = run(index).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  if (failed) throw failures[0];
}
