// biome-ignore-all lint/a11y/useSemanticElements: rows lie at their own place in a long canvas, which a <table> does not do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row; rows come and go
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type CSSProperties, type DragEvent, type KeyboardEvent, memo, useRef, useState } from 'react';
import { classNames } from '../class-names.ts';
import { ContextMenu, type MenuItem } from '../menu.tsx';
import { readHeaderKey } from './grid-keys.ts';
import type { ColumnSizes, GridColumn, GridHeaderActions, GridSort } from './grid-types.ts';
import type { GridTable } from './use-grid-table.ts';

/** Px that Alt+arrow changes the width of the focused heading's column by. */
const KEY_STEP = 16;

/**
 * The headings: a click sorts (with Shift as one more step), dragging one moves its column, dragging its edge resizes, a
 * double click on the edge resets. One of them is in the tab order; arrow keys go from heading to heading, with Alt they
 * resize, with Ctrl they move the column, and Shift+F10 or Alt+ArrowDown opens the column's menu.
 */
function Header<T>({
  table,
  columns,
  sorts,
  pinned,
  menuOf,
  onSort,
  onMove,
}: {
  table: GridTable;
  columns: readonly GridColumn<T>[];
  /** Widths that were chosen: only for knowing when they are others, because the table stays the same. */
  sizes: ColumnSizes;
  sorts: readonly GridSort[];
  /** Where pinned columns stay, px from the left. */
  pinned: ReadonlyMap<string, number>;
  menuOf: (id: string) => readonly MenuItem[];
} & GridHeaderActions) {
  const row = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const ids = headers.map(({ id }) => id);
  const focusHeading = (index: number): void =>
    row.current?.querySelectorAll<HTMLElement>('.grid-heading')[index]?.focus();

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number): void => {
    const key = readHeaderKey(event);
    const header = headers[index];
    if (!key || !header) return;
    event.preventDefault();
    event.stopPropagation();
    if (key.type === 'menu') openMenu(event.currentTarget);
    else if (key.type === 'resize')
      table.setColumnSizing((sizes) => ({ ...sizes, [header.id]: header.column.getSize() + key.step * KEY_STEP }));
    else if (key.type === 'go') focusHeading(index + key.step);
    else {
      const target = index + key.step;
      if (target < 0 || target >= ids.length) return;
      onMove(header.id, ids[key.step > 0 ? target + 1 : target] ?? null);
      requestAnimationFrame(() => focusHeading(target));
    }
  };
  const onDrop = (event: DragEvent, id: string): void => {
    event.preventDefault();
    event.stopPropagation();
    if (dragged !== null && dragged !== id) {
      const forward = ids.indexOf(dragged) < ids.indexOf(id);
      onMove(dragged, forward ? (ids[ids.indexOf(id) + 1] ?? null) : id);
    }
    setDragged(null);
    setOver(null);
  };

  return (
    <div role="row" aria-rowindex={1} className="grid-row grid-head" ref={row}>
      {headers.map((header, index) => {
        const spec = columns.find(({ id }) => id === header.id);
        const step = sorts.findIndex(({ by }) => spec?.sort !== undefined && spec.sort === by);
        const left = pinned.get(header.id);
        return (
          <div
            key={header.id}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={ariaSort(sorts, step)}
            className={classNames(
              'grid-header-cell',
              spec?.align === 'end' && 'align-end',
              left !== undefined && 'pinned',
              over === header.id && dragged !== header.id && 'drop-target',
            )}
            style={left === undefined ? undefined : ({ '--left': `${left}px` } as CSSProperties)}
            onDragOver={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              event.stopPropagation(); // the window refuses whatever is not a file
              setOver(header.id);
            }}
            onDrop={(event) => onDrop(event, header.id)}
          >
            <ContextMenu label={`Column ${spec?.title ?? spec?.label}`} items={menuOf(header.id)}>
              <button
                type="button"
                className="grid-heading"
                tabIndex={index === 0 ? 0 : -1}
                title={spec?.title ?? spec?.label}
                draggable
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = 'move';
                  event.dataTransfer.setData('text/plain', header.id);
                  setDragged(header.id);
                }}
                onDragEnd={() => {
                  setDragged(null);
                  setOver(null);
                }}
                onKeyDown={(event) => onKeyDown(event, index)}
                onClick={(event) => spec?.sort !== undefined && onSort(spec.sort, event.shiftKey)}
              >
                <span className="truncate">{spec?.label}</span>
                <SortMark sorts={sorts} step={step} />
              </button>
            </ContextMenu>
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

/** Scrolling changes nothing of it. */
export const GridHeader = memo(Header) as typeof Header;

/** ARIA knows one sorted heading: the first step. The others say it in words. */
const ariaSort = (sorts: readonly GridSort[], step: number): 'none' | 'ascending' | 'descending' => {
  if (step !== 0) return 'none';
  return sorts[0]?.descending ? 'descending' : 'ascending';
};

function SortMark({ sorts, step }: { sorts: readonly GridSort[]; step: number }) {
  const sort = sorts[step];
  if (!sort) return null;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <>
      <Arrow size={12} aria-hidden />
      {sorts.length > 1 && (
        <span className="grid-sort-step" aria-hidden>
          {step + 1}
        </span>
      )}
      {step > 0 && (
        <span className="visually-hidden">
          , then {sort.descending ? 'descending' : 'ascending'}, step {step + 1}
        </span>
      )}
    </>
  );
}

/** Opens the menu of a heading below it, as a right click there does. */
function openMenu(heading: HTMLElement): void {
  const { left, bottom } = heading.getBoundingClientRect();
  heading.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 8, clientY: bottom }),
  );
}
