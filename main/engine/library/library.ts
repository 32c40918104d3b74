import type { OutputOf } from '../../../shared/ipc/call.ts';
import type { EngineCalls } from '../../../shared/ipc/engine-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { Diagnosis } from '../../../shared/model/finding.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Facet } from '../../../shared/model/session-filter.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import { type FacetCount, facetRequests } from '../store/facet-counts.ts';
import type { LibraryReader } from '../store/library-reader.ts';
import { type BrowseQuery, isCheap, type ListQuery } from '../store/session-list.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import type { Derivation } from './derivation.ts';

type Facets = OutputOf<EngineCalls, 'sessions.facets'>;

/** Sessions with what is derived from them, made when it is first asked for. */
export interface Library {
  list(query: ListQuery): Promise<OutputOf<EngineCalls, 'sessions.list'>>;
  /** One count after another, so that a newer question need not wait for the rest of an older one. */
  facets(
    query: Pick<BrowseQuery, 'search' | 'filter'> & { readonly since: readonly number[] },
    signal: AbortSignal,
  ): Promise<Facets>;
  signals(key: SessionKey): Promise<Signal[]>;
  diagnosis(key: SessionKey): Promise<Diagnosis>;
  remove(keys: readonly SessionKey[]): Promise<{ deleted: number }>;
}

export function createLibrary(deps: {
  readonly store: Remote<Store>;
  readonly reader: Remote<LibraryReader>;
  readonly derivation: Derivation;
  readonly changed: () => void;
}): Library {
  const { store, reader } = deps;

  async function facets({ since, ...asked }: Parameters<Library['facets']>[0], signal: AbortSignal): Promise<Facets> {
    const query: BrowseQuery = { ...asked, sort: 'startedAt', descending: true };
    const counted: Partial<Record<Facet, FacetCount[]>> = {};
    let sinceCounts: FacetCount[] = [];
    for (const request of facetRequests(since)) {
      if (signal.aborted) throw new AppError('cancelled', 'The counts are no longer wanted.');
      const counts = await reader.facet({ query, request });
      if ('facet' in request) counted[request.facet] = counts;
      else sinceCounts = counts;
    }
    return { facets: counted as Facets['facets'], since: sinceCounts.map(({ sessions }) => sessions) };
  }

  return {
    list: (query) => (isCheap(query) ? store.list(query) : reader.list(query)),
    facets,
    signals: async (key) => {
      await deps.derivation.ensure(key);
      return store.signals({ key });
    },
    diagnosis: async (key) => {
      await deps.derivation.ensure(key);
      return store.diagnosis({ key });
    },
    remove: async (keys) => {
      const result = await store.remove({ keys });
      if (result.deleted > 0) deps.changed();
      return result;
    },
  };
}
