import { formatMany } from '../../ui/format-count.ts';

/** The reasons of a frustration score: `2 rage clicks, 1 dead click`; empty when there are none. */
export const frustrationReasons = (kinds: Readonly<Record<string, number>>): string =>
  Object.entries(kinds)
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([kind, count]) => formatMany(count, kind.replaceAll('-', ' ')))
    .join(', ');
