import type { LiveVisitor } from '../../../shared/ipc/live-calls.ts';

/** How long ago something was, as people say it: `now`, `12 s ago`, `3 min ago`, `2 h ago`. */
export function describeAgo(at: number, now: number): string {
  const seconds = Math.floor(Math.max(0, now - at) / 1000);
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  return `${describeStretch(at, now)} ago`;
}

/** How long something has been going on: `40 s`, `3 min`, `2 h 5 min`. */
export function describeStretch(since: number, now: number): string {
  const seconds = Math.floor(Math.max(0, now - since) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const DEVICES: Readonly<Record<NonNullable<LiveVisitor['device']>, string | null>> = {
  desktop: 'Desktop',
  phone: 'Phone',
  tablet: 'Tablet',
  bot: 'Bot',
  unknown: null,
};

/** What somebody sits at: `Phone, Safari 17, iOS`; nothing while it is not known. */
export const describeDevice = ({ device, browser, system }: LiveVisitor): string =>
  [device === null ? null : DEVICES[device], browser, system].filter((part) => part !== null).join(', ');
