import {
  columnResizingFeature,
  columnSizingFeature,
  createColumnHelper,
  functionalUpdate,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { ColumnSizes, GridColumn } from './grid-types.ts';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });

/** A row of the window on the list: `row` is undefined until its page is there. */
export interface GridSlot<T> {
  readonly index: number;
  readonly row: T | undefined;
}

/**
 * The table behind a grid. It only ever holds the rows on the screen, so its cost does not grow with the list; sorting is
 * the list's own business, because rows that are not here cannot be compared.
 */
export function useGridTable<T>(options: {
  readonly columns: readonly GridColumn<T>[];
  readonly slots: readonly GridSlot<T>[];
  readonly sizes: ColumnSizes;
  readonly onSizes: (sizes: ColumnSizes) => void;
}) {
  const { columns, slots, sizes, onSizes } = options;
  const defs = useMemo(() => {
    const column = createColumnHelper<typeof features, GridSlot<T>>();
    return columns.map((spec) =>
      column.display({
        id: spec.id,
        header: spec.label,
        size: spec.size,
        minSize: spec.minSize ?? 44,
        maxSize: 1200,
        cell: ({ row }) => (row.original.row === undefined ? null : spec.cell(row.original.row)),
      }),
    );
  }, [columns]);
  return useTable({
    features,
    columns: defs,
    data: slots,
    getRowId: (slot) => String(slot.index),
    columnResizeMode: 'onChange',
    state: { columnSizing: { ...sizes } },
    onColumnSizingChange: (update) => onSizes(functionalUpdate(update, { ...sizes })),
  });
}

/** The table that `useGridTable` makes. */
export type GridTable<T> = ReturnType<typeof useGridTable<T>>;
