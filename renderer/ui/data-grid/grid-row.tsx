// biome-ignore-all lint/a11y/useSemanticElements: rows lie at their own place in a long canvas, which a <table> does not do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row; rows come and go
import type { CSSProperties, MouseEvent } from 'react';
import { classNames } from '../class-names.ts';
import type { GridColumn, PickMode } from './grid-types.ts';
import type { GridTable } from './use-grid-table.ts';

/** How a click picks, by the keys held. */
export const pickModeOf = (event: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>): PickMode => {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'one';
};

/** One row at its place; grey bars in the same places until its page is there. */
export function GridRow<T>({
  id,
  row,
  columns,
  pinned,
  start,
  selected,
  active,
}: {
  id: string;
  row: ReturnType<GridTable<T>['getRowModel']>['rows'][number];
  columns: readonly GridColumn<T>[];
  /** Where pinned columns stay, px from the left. */
  pinned: ReadonlyMap<string, number>;
  /** Distance from the top of the list, px. */
  start: number;
  selected: boolean;
  active: boolean;
}) {
  const { index, row: data } = row.original;
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={data === undefined}
      data-index={index}
      className={classNames('grid-row', selected && 'selected', active && 'active', index % 2 === 1 && 'odd')}
      style={{ transform: `translateY(${start}px)` }}
    >
      {row.getAllCells().map((cell, column) => {
        const spec = columns.find(({ id: columnId }) => columnId === cell.column.id);
        const left = pinned.get(cell.column.id);
        return (
          <div
            key={cell.id}
            role="gridcell"
            aria-colindex={column + 1}
            className={classNames('grid-cell', spec?.align === 'end' && 'align-end', left !== undefined && 'pinned')}
            style={left === undefined ? undefined : ({ '--left': `${left}px` } as CSSProperties)}
            title={data === undefined ? undefined : spec?.hint?.(data)}
          >
            {data === undefined ? <span className="skeleton" /> : spec?.cell(data)}
          </div>
        );
      })}
    </div>
  );
}
