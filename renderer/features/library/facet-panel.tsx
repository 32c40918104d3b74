import { useState } from 'react';
import type { Facet } from '../../../shared/model/session-filter.ts';
import { useServices, useWorkbench } from '../../api/services.tsx';
import { PERIOD_DAYS, Period } from '../../state/library-filter.ts';
import { FailureLine } from '../../ui/failure-line.tsx';
import { formatCount } from '../../ui/format-count.ts';
import { FACET_WORDS, PERIOD_WORDS, toggled, valueWords } from './filter-words.ts';
import { PeriodBounds } from './period-bounds.tsx';
import type { FacetCounts } from './use-facets.ts';
import './facet-panel.css';

/** The facets in the order people look for them; the period comes after the first. */
const ORDER: readonly Facet[] = ['verdict', 'has', 'tag', 'source', 'release', 'fault', 'browser', 'state'];
/** Values shown before "more". */
const FIRST_VALUES = 6;

/** A facet about which nothing is known tells nothing. */
const worthShowing = (values: readonly { readonly value: string }[]): boolean =>
  values.some(({ value }) => value !== '');

function FacetSection({
  facet,
  counts,
  servers,
}: {
  facet: Facet;
  counts: FacetCounts;
  servers: ReadonlyMap<string, string>;
}) {
  const { store } = useServices();
  const filter = useWorkbench((state) => state.filter);
  const [all, setAll] = useState(false);
  const chosen: readonly string[] = filter[facet];
  const counted = counts.facets[facet];
  const missing = chosen.filter((value) => !counted.some((one) => one.value === value));
  const values = [...counted, ...missing.map((value) => ({ value, sessions: 0 }))];
  if (!worthShowing(values)) return null;
  const shown = all ? values : values.filter(({ value }, index) => index < FIRST_VALUES || chosen.includes(value));
  return (
    <fieldset className="facet">
      <legend>{FACET_WORDS[facet]}</legend>
      {shown.map(({ value, sessions }) => {
        const words = valueWords(facet, value, servers);
        return (
          <label key={value} className="facet-value" title={words}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => store.getState().set({ filter: toggled(filter, facet, value) })}
            />
            <span className="truncate">{words}</span>
            <span className={sessions === 0 ? 'facet-count zero' : 'facet-count'}>{formatCount(sessions)}</span>
          </label>
        );
      })}
      {values.length > FIRST_VALUES && (
        <button type="button" className="facet-more" onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `${formatCount(values.length - shown.length)} more`}
        </button>
      )}
    </fieldset>
  );
}

function PeriodSection({ counts }: { counts: FacetCounts }) {
  const { store } = useServices();
  const period = useWorkbench((state) => state.period);
  const filter = useWorkbench((state) => state.filter);
  const since = Object.keys(PERIOD_DAYS);
  return (
    <fieldset className="facet">
      <legend>Started</legend>
      {Period.options.map((one) => {
        const sessions = counts.since[since.indexOf(one)];
        return (
          <label key={one} className="facet-value">
            <input
              type="radio"
              name="period"
              checked={period === one}
              onChange={() => store.getState().set({ period: one })}
            />
            <span className="truncate">{PERIOD_WORDS[one]}</span>
            {sessions !== undefined && <span className="facet-count">{formatCount(sessions)}</span>}
          </label>
        );
      })}
      {period === 'custom' && (
        <PeriodBounds
          from={filter.from}
          to={filter.to}
          onChange={(bounds) => store.getState().set({ filter: { ...filter, ...bounds } })}
        />
      )}
    </fieldset>
  );
}

/** What can be asked of the library, each with how many sessions it would leave. */
export function FacetPanel({
  counts,
  error,
  onRetry,
  servers,
}: {
  counts: FacetCounts | null;
  error: string | null;
  onRetry: () => void;
  servers: ReadonlyMap<string, string>;
}) {
  const [first, ...rest] = ORDER;
  const known = counts ?? NOTHING_KNOWN;
  return (
    <aside className="facets" aria-label="Filters" aria-busy={counts === null && error === null}>
      {error !== null && <FailureLine what="The counts could not be read." why={error} onRetry={onRetry} />}
      {first && <FacetSection facet={first} counts={known} servers={servers} />}
      <PeriodSection counts={known} />
      {rest.map((facet) => (
        <FacetSection key={facet} facet={facet} counts={known} servers={servers} />
      ))}
    </aside>
  );
}

/** Until the first counts are there: only what is chosen. */
const NOTHING_KNOWN: FacetCounts = {
  facets: { source: [], release: [], verdict: [], fault: [], browser: [], state: [], tag: [], has: [] },
  since: [],
};
