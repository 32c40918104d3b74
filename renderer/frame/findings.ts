import type { PolicyReport } from '../../shared/replay/sanitise.ts';
import type { Found } from './mirror-messages.ts';

/** More different addresses than this are not told apart: a recording can name any number. */
const MAX_URLS = 10_000;
/** What fits into one message to the workbench. */
const SHOWN_URLS = 50;
const SHOWN_CHARACTERS = 2_000;

/** Counts what was taken out of a recording and why. */
export interface Findings extends PolicyReport {
  found(hasPage: boolean): Found;
}

export function createFindings(): Findings {
  const urls = new Set<string>();
  const reasons = new Map<string, number>();
  let repaired = 0;
  return {
    blocked: (url) => {
      if (urls.size < MAX_URLS) urls.add(url.trim().slice(0, SHOWN_CHARACTERS));
    },
    dropped: (reason) => {
      repaired++;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    },
    found: (hasPage) => ({
      hasPage,
      blocked: { count: urls.size, urls: [...urls].slice(0, SHOWN_URLS) },
      repaired: { count: repaired, reasons: [...reasons].map(([reason, count]) => ({ reason, count })) },
    }),
  };
}
