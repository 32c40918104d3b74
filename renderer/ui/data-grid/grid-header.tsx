// biome-ignore-all lint/a11y/useSemanticElements: rows lie at their own place in a long canvas, which a <table> does not do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row; rows come and go
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { classNames } from '../class-names.ts';
import type { GridColumn } from './grid-types.ts';
import type { GridTable } from './use-grid-table.ts';

/** What a list is sorted by. */
export interface GridSort {
  readonly by: string;
  readonly descending: boolean;
}

/** Px that Alt+arrow changes the width of the focused heading's column by. */
const KEY_STEP = 16;

/**
 * The headings: a click sorts, dragging an edge resizes, a double click on it resets. One of them is in the tab order;
 * arrow keys go from heading to heading.
 */
export function GridHeader<T>({
  table,
  columns,
  sort,
  onSort,
}: {
  table: GridTable<T>;
  columns: readonly GridColumn<T>[];
  sort: GridSort;
  onSort: (by: string) => void;
}) {
  const row = useRef<HTMLDivElement>(null);
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const header = headers[index];
    if (step === 0 || !header) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) {
      table.setColumnSizing((sizes) => ({ ...sizes, [header.id]: header.column.getSize() + step * KEY_STEP }));
      return;
    }
    row.current?.querySelectorAll<HTMLElement>('.grid-heading')[index + step]?.focus();
  };
  return (
    <div role="row" aria-rowindex={1} className="grid-row grid-head" ref={row}>
      {headers.map((header, index) => {
        const spec = columns.find(({ id }) => id === header.id);
        const sorted = spec?.sort !== undefined && spec.sort === sort.by;
        const Arrow = sort.descending ? ArrowDown : ArrowUp;
        const direction = sort.descending ? 'descending' : 'ascending';
        return (
          <div
            key={header.id}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={sorted ? direction : 'none'}
            className={classNames('grid-header-cell', spec?.align === 'end' && 'align-end')}
          >
            <button
              type="button"
              className="grid-heading"
              tabIndex={index === 0 ? 0 : -1}
              disabled={spec?.sort === undefined && index !== 0}
              title={spec?.title ?? spec?.label}
              onKeyDown={(event) => onKeyDown(event, index)}
              onClick={() => spec?.sort !== undefined && onSort(spec.sort)}
            >
              <span className="truncate">{spec?.label}</span>
              {sorted && <Arrow size={12} aria-hidden />}
            </button>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard's way is Alt+arrow on the heading */}
            <div
              className={classNames('grid-resizer', header.column.getIsResizing() && 'resizing')}
              onMouseDown={header.getResizeHandler()}
              onTouchStart={header.getResizeHandler()}
              onDoubleClick={() => header.column.resetSize()}
            />
          </div>
        );
      })}
    </div>
  );
}
