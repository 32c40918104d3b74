/** How much the changes of a document may take: a burst at once, and so much a second. */
export interface Budget {
  /** @returns false when there is not enough left: then nothing was taken. */
  spend(chars: number): boolean;
  /** There is enough again for the document as a whole. */
  isRecovered(): boolean;
}

/** Half of what is kept for an unreachable server, so that one wild minute does not push out the rest. */
const BURST_CHARS = 8 * 1024 * 1024;
/** A table of 500 rows that is redrawn each second still fits. */
const CHARS_PER_SECOND = 150 * 1024;
/** Enough for a document as a whole, and for some changes after it: some seconds of calm. */
const RECOVERED_CHARS = 1024 * 1024;

/** A bucket that fills steadily. */
export function createBudget(now: () => number): Budget {
  let left = BURST_CHARS;
  let at = now();
  const fill = (): void => {
    left = Math.min(BURST_CHARS, left + ((now() - at) / 1000) * CHARS_PER_SECOND);
    at = now();
  };
  return {
    spend(chars) {
      fill();
      if (chars > left) return false;
      left -= chars;
      return true;
    },
    isRecovered() {
      fill();
      return left >= RECOVERED_CHARS;
    },
  };
}
