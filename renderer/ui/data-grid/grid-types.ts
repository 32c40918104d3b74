import type { ReactNode } from 'react';

/** One column of a data grid. */
export interface GridColumn<T> {
  readonly id: string;
  /** The heading; `title` says it in full where it had to be shortened. */
  readonly label: string;
  readonly title?: string;
  /** Width to begin with, px. */
  readonly size: number;
  readonly minSize?: number;
  /** Takes its share of the width that is left over. */
  readonly grows?: boolean;
  readonly align?: 'end';
  /** What to sort by; absent where the list cannot be sorted by this. */
  readonly sort?: string;
  /** What a cell shows. */
  readonly cell: (row: T) => ReactNode;
  /** The whole of it, for the tooltip of a cell that may be cut short. */
  readonly hint?: (row: T) => string;
}

/** One step of the order of a list. */
export interface GridSort {
  readonly by: string;
  readonly descending: boolean;
}

/** What headings ask for. */
export interface GridHeaderActions {
  /** `add`: as one more step of the order. */
  readonly onSort: (by: string, add: boolean) => void;
  /** Puts a column before another, or at the end. */
  readonly onMove: (id: string, before: string | null) => void;
}

/** How a row was picked: alone, added to the others, or as the end of a range. */
export type PickMode = 'one' | 'toggle' | 'range';

/** Widths by column id, px; a column without one has the width it begins with. */
export type ColumnSizes = Readonly<Record<string, number>>;

/** Height of a row, px: `--row` of the design tokens. */
export const ROW_PX = 28;
