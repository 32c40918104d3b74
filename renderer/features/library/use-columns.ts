import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, EyeOff, ListPlus, MoveHorizontal, Pin, PinOff } from 'lucide-react';
import { useMemo } from 'react';
import type { SessionSort } from '../../../shared/ipc/engine-calls.ts';
import { useServices, useWorkbench } from '../../api/services.tsx';
import { clickSort, moveColumn, orderedColumns, type SortStep } from '../../state/column-order.ts';
import { FIRST_HIDDEN } from '../../state/saved.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import type { SessionColumn } from './columns.tsx';

/** Steps of an order that the engine takes. */
const MOST_STEPS = 5;

/** Columns whose first click sorts upwards: words are looked up from A. */
const UPWARDS: ReadonlySet<SessionSort> = new Set<SessionSort>(['user', 'entryUrl', 'release', 'browser']);

/** The library's columns as the person arranged them. */
export interface ChosenColumns {
  /** All of them in their order, pinned ones first. */
  readonly all: readonly SessionColumn[];
  readonly visible: readonly SessionColumn[];
  readonly sorts: readonly SortStep<SessionSort>[];
  sort(by: string, add: boolean): void;
  move(id: string, before: string | null): void;
  toggle(id: string): void;
  reset(): void;
  /** What can be done with one column. */
  menuOf(id: string): readonly MenuItem[];
}

export function useColumns(columns: readonly SessionColumn[]): ChosenColumns {
  const { store } = useServices();
  const hidden = useWorkbench((state) => state.hiddenColumns);
  const order = useWorkbench((state) => state.columnOrder);
  const pinned = useWorkbench((state) => state.pinnedColumns);
  const sort = useWorkbench((state) => state.sort);
  const descending = useWorkbench((state) => state.descending);
  const thenBy = useWorkbench((state) => state.thenBy);
  return useMemo(() => {
    const { set } = store.getState();
    const ids = orderedColumns(
      columns.map(({ id }) => id),
      order,
    );
    const placed = [...ids.filter((id) => pinned.includes(id)), ...ids.filter((id) => !pinned.includes(id))];
    const all = placed.flatMap((id) => columns.find((column) => column.id === id) ?? []);
    const visible = all.filter(({ id }) => !hidden.includes(id));
    const sorts: readonly SortStep<SessionSort>[] = [{ by: sort, descending }, ...thenBy];

    const setSorts = ([first, ...rest]: readonly SortStep<SessionSort>[]): void => {
      if (first) set({ sort: first.by, descending: first.descending, thenBy: rest });
    };
    const move = (id: string, before: string | null): void => set({ columnOrder: moveColumn(placed, id, before) });
    const toggle = (id: string): void => {
      if (hidden.includes(id)) set({ hiddenColumns: hidden.filter((other) => other !== id) });
      else if (visible.length > 1) set({ hiddenColumns: [...hidden, id] });
    };
    const pin = (id: string): void =>
      set({ pinnedColumns: pinned.includes(id) ? pinned.filter((other) => other !== id) : [...pinned, id] });

    const sortItems = (by: SessionSort | undefined): readonly MenuItem[] => {
      if (by === undefined) return [];
      const others = sorts.filter((step) => step.by !== by);
      return [
        { label: 'Sort ascending', icon: ArrowUp, run: () => setSorts([{ by, descending: false }]) },
        { label: 'Sort descending', icon: ArrowDown, run: () => setSorts([{ by, descending: true }]) },
        {
          label: 'Sort by this next',
          icon: ListPlus,
          disabled: others.length === 0 || others.length >= MOST_STEPS || others.length < sorts.length,
          run: () => setSorts([...others, { by, descending: !UPWARDS.has(by) }]),
        },
        'separator',
      ];
    };
    const menuOf = (id: string): readonly MenuItem[] => {
      const at = visible.findIndex((column) => column.id === id);
      const isPinned = pinned.includes(id);
      return [
        ...sortItems(visible[at]?.sort),
        {
          label: isPinned ? 'Unpin the column' : 'Pin the column at the left',
          icon: isPinned ? PinOff : Pin,
          run: () => pin(id),
        },
        { label: 'Move left', icon: ArrowLeft, disabled: at <= 0, run: () => move(id, visible[at - 1]?.id ?? null) },
        {
          label: 'Move right',
          icon: ArrowRight,
          disabled: at >= visible.length - 1,
          run: () => move(id, visible[at + 2]?.id ?? null),
        },
        {
          label: 'Reset the width',
          icon: MoveHorizontal,
          run: () => {
            const { [id]: _width, ...rest } = store.getState().columnSizes;
            set({ columnSizes: rest });
          },
        },
        { label: 'Hide the column', icon: EyeOff, disabled: visible.length <= 1, run: () => toggle(id) },
      ];
    };
    return {
      all,
      visible,
      sorts,
      sort: (by, add) =>
        setSorts(clickSort(sorts, by as SessionSort, add, !UPWARDS.has(by as SessionSort), MOST_STEPS)),
      move,
      toggle,
      reset: () => set({ hiddenColumns: FIRST_HIDDEN, columnSizes: {}, columnOrder: [], pinnedColumns: [] }),
      menuOf,
    };
  }, [columns, descending, hidden, order, pinned, sort, store, thenBy]);
}
