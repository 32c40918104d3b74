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
const NO_ROWS: readonly object[] = [];

/**
 * The columns of a grid and their widths. Rows are none of its business: only those on the screen exist, they change with
 * every frame of scrolling, and those that are not here cannot be sorted.
 */
export function useGridTable<T>(options: {
  readonly columns: readonly GridColumn<T>[];
  readonly sizes: ColumnSizes;
  readonly onSizes: (sizes: ColumnSizes) => void;
}) {
  const { columns, sizes, onSizes } = options;
  const defs = useMemo(() => {
    const column = createColumnHelper<typeof features, object>();
    return columns.map((spec) =>
      column.display({
        id: spec.id,
        header: spec.label,
        size: spec.size,
        minSize: spec.minSize ?? 44,
        maxSize: 1200,
      }),
    );
  }, [columns]);
  return useTable({
    features,
    columns: defs,
    data: NO_ROWS,
    columnResizeMode: 'onChange',
    state: { columnSizing: { ...sizes } },
    onColumnSizingChange: (update) => onSizes(functionalUpdate(update, { ...sizes })),
  });
}

/** The table that `useGridTable` makes. */
export type GridTable = ReturnType<typeof useGridTable>;
