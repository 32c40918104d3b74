import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { SessionFilter } from '../../../shared/model/session-filter.ts';
import { createPageCache, type PageCache, type PagesView } from '../../api/page-cache.ts';
import { useServices, useWorkbench } from '../../api/services.tsx';
import { withPeriod } from '../../state/library-filter.ts';

/** The sessions of the current search and order, fetched by pages. */
export interface SessionList {
  readonly pages: PageCache<SessionRow>;
  /** While a new search or order has no answer yet this is still the one before, so that nothing flickers. */
  readonly view: PagesView<SessionRow>;
  /** What `view` is the answer to. */
  readonly search: string;
  readonly filter: SessionFilter;
}

/** Typing pauses this long before the engine is asked, ms. */
const TYPING_MS = 120;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** The chosen filter with its period as bounds; another day makes another filter at the next change. */
function useEffectiveFilter(): SessionFilter {
  const filter = useWorkbench((state) => state.filter);
  const period = useWorkbench((state) => state.period);
  return useMemo(() => withPeriod({ filter, period }, Date.now()), [filter, period]);
}

/** The library's list; it follows the engine's store. */
export function useSessionList(): SessionList {
  const { engine, changes } = useServices();
  const search = useSettled(useWorkbench((state) => state.search).trim());
  const sort = useWorkbench((state) => state.sort);
  const descending = useWorkbench((state) => state.descending);
  const thenBy = useWorkbench((state) => state.thenBy);
  const filter = useEffectiveFilter();
  const pages = useMemo(
    () =>
      createPageCache<SessionRow>({
        fetch: (offset, limit) =>
          engine.call('sessions.list', { search, filter, sort, descending, thenBy: [...thenBy], offset, limit }),
      }),
    [engine, search, filter, sort, descending, thenBy],
  );
  useEffect(() => changes.on(({ sessions, marks }) => (sessions || marks) && pages.invalidate()), [changes, pages]);
  useEffect(() => pages.show(0, 1), [pages]); // also while no grid is there to ask, because the search before had no hit
  const view = useSyncExternalStore(pages.subscribe, pages.view);
  const last = useRef<SessionList>({ pages, view, search, filter });
  const list = useMemo(() => ({ pages, view, search, filter }), [pages, view, search, filter]);
  useEffect(() => {
    if (view.total !== null || view.error !== null) last.current = list;
  }, [list, view]);
  const answered = view.total !== null || view.error !== null;
  return answered ? list : { ...last.current, pages };
}

/** Picking rows by index: their keys are fetched when their page is not there. */
export function usePicking({ pages, view }: SessionList) {
  const select = useWorkbench((state) => state.select);
  const anchor = useWorkbench((state) => state.selection.anchor);
  const keysOf = useCallback(
    async (from: number, to: number) => (await pages.load(from, to)).map(({ key }) => key),
    [pages],
  );
  const pick = useCallback(
    async (index: number, mode: 'one' | 'toggle' | 'range'): Promise<void> => {
      const key = view.at(index)?.key ?? (await keysOf(index, index + 1))[0];
      if (key === undefined) return;
      const place = { index, key };
      if (mode !== 'range') return select({ type: mode, place });
      const from = anchor?.index ?? index;
      const keys = await keysOf(Math.min(from, index), Math.max(from, index) + 1);
      select({ type: 'range', place, keys: keys.slice(0, MOST_SELECTED) });
    },
    [view, keysOf, anchor, select],
  );
  const pickAll = useCallback(async (): Promise<void> => {
    select({ type: 'all', keys: await keysOf(0, Math.min(view.total ?? 0, MOST_SELECTED)) });
  }, [keysOf, select, view.total]);
  return { pick, pickAll };
}

/** The engine changes at most this many sessions in one call. */
const MOST_SELECTED = 10_000;
