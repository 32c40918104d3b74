// biome-ignore-all lint/a11y/useSemanticElements: rows lie at their own place in a long canvas, which a <table> does not do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row; rows come and go
import { type CSSProperties, type MouseEvent, memo } from 'react';
import { classNames } from '../class-names.ts';
import { type GridColumn, type PickMode, ROW_PX } from './grid-types.ts';

/** How a click picks, by the keys held. */
export const pickModeOf = (event: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>): PickMode => {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'one';
};

interface GridRowProps<T> {
  readonly id: string;
  readonly index: number;
  /** Undefined until its page is there. */
  readonly data: T | undefined;
  readonly columns: readonly GridColumn<T>[];
  /** Where pinned columns stay, px from the left. */
  readonly pinned: ReadonlyMap<string, number>;
  readonly selected: boolean;
  readonly active: boolean;
}

/** One row at its place; grey bars in the same places until its page is there. What a cell has to say in full is added when the pointer comes. */
function Row<T>({ id, index, data, columns, pinned, selected, active }: GridRowProps<T>) {
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={data === undefined}
      data-index={index}
      className={classNames('grid-row', selected && 'selected', active && 'active', index % 2 === 1 && 'odd')}
      style={{ transform: `translateY(${index * ROW_PX}px)` }}
    >
      {columns.map((column, at) => {
        const left = pinned.get(column.id);
        return (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={at + 1}
            data-column={column.id}
            className={classNames('grid-cell', column.align === 'end' && 'align-end', left !== undefined && 'pinned')}
            style={left === undefined ? undefined : ({ '--left': `${left}px` } as CSSProperties)}
          >
            {data === undefined ? <span className="skeleton" /> : column.cell(data)}
          </div>
        );
      })}
    </div>
  );
}

/** Rows that stay on the screen while others come and go are left as they are. */
export const GridRow = memo(Row) as typeof Row;
