import type { DateFormat } from '../../ui/format-date.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Asking for another token takes people some days, ms. */
const SOON_MS = 14 * DAY_MS;

/** When a token ends, and whether that is soon; null when it does not end, or the server does not say. */
export function describeExpiry(
  expiresAt: number | null,
  now: number,
  dates: Pick<DateFormat, 'day'>,
): { readonly text: string; readonly isSoon: boolean } | null {
  if (expiresAt === null) return null;
  const isSoon = expiresAt - now < SOON_MS;
  const way = isSoon ? ' Ask for a new one, and add the server again with it.' : '';
  return { text: `It works until ${dates.day(expiresAt)}.${way}`, isSoon };
}
