import { messageOf } from '../../shared/lib/app-error.ts';

/** One page of a list as the engine answers it. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** What the screen needs to know about a list; a new object after each change. */
export interface PagesView<T> {
  /** Null until the first page is there. */
  readonly total: number | null;
  /** In words; null while the last attempt worked. */
  readonly error: string | null;
  /** Undefined while the row's page is not there. */
  at(index: number): T | undefined;
  /** Looks through the pages that are here. */
  find(matches: (row: T) => boolean): number | undefined;
}

/** A long list of which only the pages that were looked at are here. */
export interface PageCache<T> {
  view(): PagesView<T>;
  subscribe(listener: () => void): () => void;
  /** Says which rows are on the screen (`to` exclusive); their pages are fetched, the newest wish first. */
  show(from: number, to: number): void;
  /** Makes sure of a range and returns its rows. @throws AppError as the fetch did. */
  load(from: number, to: number): Promise<readonly T[]>;
  /** Everything may have changed: rows stay on the screen until their new page is there. */
  invalidate(): void;
  /** Tries again after an error. */
  retry(): void;
}

/** Options of `createPageCache`. */
export interface PageCacheOptions<T> {
  readonly fetch: (offset: number, limit: number) => Promise<Page<T>>;
  /** Rows a page; the engine's default is 200. */
  readonly pageSize?: number;
  /** Pages kept; the ones least recently shown go first. */
  readonly maxPages?: number;
  /** Fetches under way at a time: a fast scroll must not queue every page it flew over. */
  readonly parallel?: number;
}

interface CachedPage<T> {
  readonly rows: readonly T[];
  readonly epoch: number;
}

/** An empty cache; the first `show` or `load` fetches. */
export function createPageCache<T>(options: PageCacheOptions<T>): PageCache<T> {
  const { fetch, pageSize = 200, maxPages = 60, parallel = 2 } = options;
  const pages = new Map<number, CachedPage<T>>(); // insertion order is the order of last use
  const inFlight = new Map<number, Promise<void>>();
  const listeners = new Set<() => void>();
  let shown = { from: 0, to: 0 };
  let epoch = 0;
  let total: number | null = null;
  let error: string | null = null;
  let view = makeView();

  function makeView(): PagesView<T> {
    return {
      total,
      error,
      at: (index) => pages.get(Math.floor(index / pageSize))?.rows[index % pageSize],
      find: (matches) => {
        for (const [page, { rows }] of pages) {
          const at = rows.findIndex(matches);
          if (at >= 0) return page * pageSize + at;
        }
        return undefined;
      },
    };
  }
  const changed = (): void => {
    view = makeView();
    for (const listener of listeners) listener();
  };
  const isFresh = (page: number): boolean => pages.get(page)?.epoch === epoch;
  const pagesOf = (from: number, to: number): number[] => {
    const last = Math.floor(Math.max(from, (total === null ? to : Math.min(to, total)) - 1) / pageSize);
    const first = Math.floor(from / pageSize);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  };
  const touch = (page: number): void => {
    const cached = pages.get(page);
    if (!cached) return;
    pages.delete(page);
    pages.set(page, cached);
  };
  const evict = (): void => {
    for (const page of [...pages.keys()].slice(0, Math.max(0, pages.size - maxPages))) pages.delete(page);
  };

  const fetchPage = (page: number): Promise<void> => {
    const running = inFlight.get(page);
    if (running) return running;
    const asked = epoch;
    const work = fetch(page * pageSize, pageSize).then((answer) => {
      if (asked !== epoch) return; // what was asked before a change is worth nothing
      total = answer.total;
      error = null;
      pages.delete(page);
      pages.set(page, { rows: answer.rows, epoch: asked });
      evict();
    });
    const settled = work.finally(() => {
      if (inFlight.get(page) === settled) inFlight.delete(page);
    });
    inFlight.set(page, settled);
    return settled;
  };
  const pump = (): void => {
    if (error !== null) return;
    for (const page of pagesOf(shown.from, shown.to)) {
      if (isFresh(page) || inFlight.has(page) || inFlight.size >= parallel) continue;
      fetchPage(page)
        .catch((cause: unknown) => {
          error = messageOf(cause);
        })
        .then(() => {
          changed();
          pump();
        });
    }
  };

  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show: (from, to) => {
      shown = { from, to };
      for (const page of pagesOf(from, to)) touch(page);
      pump();
    },
    load: async (from, to) => {
      const wanted = pagesOf(from, to);
      const rows: T[] = [];
      for (const page of wanted) {
        if (!isFresh(page)) await fetchPage(page);
        const start = page * pageSize;
        rows.push(...(pages.get(page)?.rows ?? []).slice(Math.max(0, from - start), Math.max(0, to - start)));
      }
      changed();
      return rows;
    },
    invalidate: () => {
      epoch += 1;
      inFlight.clear();
      error = null;
      pump();
    },
    retry: () => {
      error = null;
      changed();
      pump();
    },
  };
}
