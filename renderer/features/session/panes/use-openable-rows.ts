import { useCallback, useMemo, useState } from 'react';
import { useSession } from '../session-model.ts';
import { currentAt } from '../signal-time.ts';
import { usePlayer } from '../use-player.ts';

/** A row of a pane: an entry, or a part of it that is open below. */
export interface OpenableRow {
  /** Where it is: the entry's id, then the way through its parts. What is open and picked is remembered by this. */
  readonly path: string;
  /** `at` in ms since epoch. */
  readonly entry: { readonly id: string; readonly at: number };
}

/** A list in time whose entries open, bound to the playhead. */
export interface OpenableRows<R extends OpenableRow> {
  readonly rows: readonly R[];
  /** Index of the row that is up: an entry or what was picked, not the last part of what is open below one; -1 for none. */
  readonly current: number;
  /** Seeks to the row's entry. */
  pick(index: number): void;
  /** Opens what is closed, and the other way round. */
  toggle(index: number): void;
}

/**
 * The rows of entries, with the parts of what is open below them.
 * @param rowsOf must be the same function at each call
 */
export function useOpenableRows<E, R extends OpenableRow>(
  entries: readonly E[],
  rowsOf: (entries: readonly E[], open: ReadonlySet<string>) => readonly R[],
): OpenableRows<R> {
  const { startedAt, player } = useSession();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [picked, setPicked] = useState<string | null>(null);
  const rows = useMemo(() => rowsOf(entries, open), [entries, open, rowsOf]);
  const places = useMemo(() => rows.map(({ entry }) => ({ at: entry.at })), [rows]);
  const pickedIndex = useMemo(() => rows.findIndex(({ path }) => path === picked), [rows, picked]);
  const passed = usePlayer(player, (state) => currentAt(places, startedAt + state.atMs, pickedIndex));
  const current = useMemo(() => {
    if (passed < 0 || passed === pickedIndex) return passed;
    const id = rows[passed]?.entry.id;
    return rows.findIndex((row) => row.path === id);
  }, [passed, pickedIndex, rows]);
  const pick = useCallback(
    (index: number) => {
      const row = rows[index];
      if (!row) return;
      setPicked(row.path);
      player.seek(row.entry.at - startedAt);
    },
    [rows, player, startedAt],
  );
  const toggle = (index: number): void => {
    const path = rows[index]?.path;
    if (path === undefined) return;
    setOpen((before) =>
      before.has(path) ? new Set([...before].filter((one) => one !== path)) : new Set([...before, path]),
    );
  };
  return { rows, current, pick, toggle };
}
