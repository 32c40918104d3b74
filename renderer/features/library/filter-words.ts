import type { Facet, SessionFilter, SessionTrait, SessionVerdict } from '../../../shared/model/session-filter.ts';
import type { Period } from '../../state/library-filter.ts';
import { describeSource } from './place.ts';
import { VERDICT_WORDS } from './verdict.ts';

/** Headings of the facets. */
export const FACET_WORDS: Readonly<Record<Facet, string>> = {
  has: 'Has',
  verdict: 'Verdict',
  fault: 'Fault',
  source: 'Source',
  release: 'Release',
  browser: 'Browser',
  tag: 'Tags',
  state: 'State',
};

const TRAITS: Readonly<Record<SessionTrait, string>> = {
  errors: 'Errors',
  'failed-requests': 'Failed requests',
  frustration: 'Frustration',
  notes: 'Notes',
  tags: 'Tags',
  pinned: 'Pinned',
};

/** Periods as people say them. */
export const PERIOD_WORDS: Readonly<Record<Period, string>> = {
  any: 'Any time',
  today: 'Today',
  week: 'Last 7 days',
  month: 'Last 30 days',
  custom: 'Between…',
};

/** `server-error-swallowed` as `Server error swallowed`. */
export const faultWords = (fault: string): string => {
  const words = fault.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A value of a facet in words. `servers` names servers by id. */
export function valueWords(facet: Facet, value: string, servers: ReadonlyMap<string, string>): string {
  switch (facet) {
    case 'has':
      return TRAITS[value as SessionTrait] ?? value;
    case 'verdict':
      return VERDICT_WORDS[value as SessionVerdict] ?? value;
    case 'fault':
      return value === '' ? 'No fault' : faultWords(value);
    case 'source':
      return value === 'file' ? 'Files' : describeSource(value, servers);
    case 'state':
      return value === 'downloaded' ? 'Downloaded' : 'Index only';
    case 'release':
    case 'browser':
      return value === '' ? 'Not known' : value;
    case 'tag':
      return value;
  }
}

/** The filter with one value of a facet put in, or taken out. */
export function toggled(filter: SessionFilter, facet: Facet, value: string): SessionFilter {
  const values: readonly string[] = filter[facet];
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  return { ...filter, [facet]: next };
}
