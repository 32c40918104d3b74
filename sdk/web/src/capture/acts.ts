/** Which action an event of the browser was. */
export interface ActTimes {
  note(action: number, timeStamp: number): void;
  /** Browsers give an event and its timing entry the same time, to their own precision. */
  find(startTime: number): number | undefined;
}

const MAX_ACTS = 50;

/** Remembers the last few acts, newest first. */
export function createActTimes(): ActTimes {
  const acts: { action: number; timeStamp: number }[] = [];
  return {
    note(action, timeStamp) {
      acts.unshift({ action, timeStamp });
      acts.length = Math.min(acts.length, MAX_ACTS);
    },
    find: (startTime) => acts.find(({ timeStamp }) => Math.abs(timeStamp - startTime) < 1)?.action,
  };
}
