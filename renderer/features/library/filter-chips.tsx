import { X } from 'lucide-react';
import { FACETS, type Facet, NO_FILTER } from '../../../shared/model/session-filter.ts';
import { useServices, useWorkbench } from '../../api/services.tsx';
import { createDateFormat } from '../../ui/format-date.ts';
import { FACET_WORDS, PERIOD_WORDS, toggled, valueWords } from './filter-words.ts';

interface Chip {
  readonly id: string;
  readonly words: string;
  readonly remove: () => void;
}

/** What is asked for, each part to be taken out again. */
function useChips(servers: ReadonlyMap<string, string>): readonly Chip[] {
  const { store } = useServices();
  const filter = useWorkbench((state) => state.filter);
  const period = useWorkbench((state) => state.period);
  const { set } = store.getState();
  const ofFacet = (facet: Facet): Chip[] =>
    filter[facet].map((value) => ({
      id: `${facet} ${value}`,
      words: `${FACET_WORDS[facet]}: ${valueWords(facet, value, servers)}`,
      remove: () => set({ filter: toggled(filter, facet, value) }),
    }));
  const { day } = createDateFormat(Date.now);
  const bounds = [
    ...(filter.from === null ? [] : [`from ${day(filter.from)}`]),
    ...(filter.to === null ? [] : [`to ${day(filter.to - 1)}`]),
  ].join(' ');
  const words = period === 'custom' ? bounds : PERIOD_WORDS[period];
  const isBounded = period !== 'any' && words !== '';
  return [
    ...(isBounded
      ? [
          {
            id: 'period',
            words: `Started: ${words}`,
            remove: () => set({ period: 'any', filter: { ...filter, from: null, to: null } }),
          },
        ]
      : []),
    ...FACETS.flatMap(ofFacet),
  ];
}

/** The chosen filters as chips, each removable; nothing while everything is shown. */
export function FilterChips({ servers }: { servers: ReadonlyMap<string, string> }) {
  const { store } = useServices();
  const chips = useChips(servers);
  if (chips.length === 0) return null;
  return (
    <ul className="chips" aria-label="Chosen filters">
      {chips.map(({ id, words, remove }) => (
        <li key={id}>
          <button
            type="button"
            className="chip"
            aria-label={`Remove the filter ${words}`}
            title={words}
            onClick={remove}
          >
            <span className="truncate">{words}</span>
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          className="chip chip-clear"
          onClick={() => store.getState().set({ filter: NO_FILTER, period: 'any' })}
        >
          Clear filters
        </button>
      </li>
    </ul>
  );
}
