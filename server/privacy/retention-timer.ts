import type { ServerLog } from '../log.ts';
import type { Privacy } from './privacy.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Applies retention now and every hour. `stop` waits for a run that is under way. */
export function keepRetention(privacy: Pick<Privacy, 'applyRetention'>, log: ServerLog): { stop(): Promise<void> } {
  let run: Promise<void> = Promise.resolve();
  const apply = (): void => {
    run = run
      .then(() => privacy.applyRetention())
      .then((sessions) => {
        if (sessions > 0) log.info({ sessions }, 'Sessions were erased: their project keeps them no longer.');
      })
      .catch((error: unknown) => log.error({ err: error }, 'Retention failed; it is tried again in an hour.'));
  };
  apply();
  const timer = setInterval(apply, HOUR_MS);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      return run;
    },
  };
}
