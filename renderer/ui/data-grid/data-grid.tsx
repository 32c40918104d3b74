// biome-ignore-all lint/a11y/useSemanticElements: rows lie at their own place in a long canvas, which a <table> does not do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row; rows come and go
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useMemo, useRef } from 'react';
import type { MenuItem } from '../menu.tsx';
import { GridHeader } from './grid-header.tsx';
import { readGridKey } from './grid-keys.ts';
import { GridRow, pickModeOf } from './grid-row.tsx';
import {
  type ColumnSizes,
  type GridColumn,
  type GridHeaderActions,
  type GridSort,
  type PickMode,
  ROW_PX,
} from './grid-types.ts';
import { useGridTable } from './use-grid-table.ts';
import './data-grid.css';

/** A long list as a table: only the rows on the screen exist, whatever `total` is. */
export interface DataGridProps<T> extends GridHeaderActions {
  /** Name for screen readers. */
  readonly label: string;
  /** Those that are shown, in their order; pinned ones first. */
  readonly columns: readonly GridColumn<T>[];
  /** Columns that stay in sight at the left. */
  readonly pinned: readonly string[];
  /** What can be done with a column. */
  readonly menuOf: (id: string) => readonly MenuItem[];
  readonly total: number;
  /** Stands for what is listed: when it is another one, the list starts at its top again. */
  readonly list: unknown;
  /** Undefined for a row that is not there yet. */
  readonly at: (index: number) => T | undefined;
  readonly isSelected: (row: T) => boolean;
  /** Index of the row that keys act on. */
  readonly active: number | null;
  /** The order of the list, the first step first. */
  readonly sorts: readonly GridSort[];
  readonly sizes: ColumnSizes;
  readonly onSizes: (sizes: ColumnSizes) => void;
  readonly onPick: (index: number, mode: PickMode) => void;
  readonly onPickAll: () => void;
  /** Double click, or Enter on the active row. */
  readonly onOpen: (index: number) => void;
  /** The rows on the screen changed; `to` is exclusive. */
  readonly onShow: (from: number, to: number) => void;
  /** Wraps the body, for instance with a context menu. */
  readonly wrap?: (grid: React.ReactElement) => ReactNode;
}

const OVERSCAN = 8;

/** See `DataGridProps`. Keyboard: arrows, page keys, Home and End move (with Shift they extend), Space, Ctrl+A, Enter. */
export function DataGrid<T>(props: DataGridProps<T>) {
  const { label, columns, total, at, active, sizes, onShow, wrap = (grid) => grid } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    paddingStart: ROW_PX,
    scrollPaddingStart: ROW_PX,
  });
  const items = virtual.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = (items.at(-1)?.index ?? -1) + 1;
  useEffect(() => onShow(from, to), [onShow, from, to]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts at its top
  useEffect(() => virtual.scrollToOffset(0), [virtual, props.list]);

  const table = useGridTable({ columns, sizes, onSizes: props.onSizes });
  const leafs = table.getAllLeafColumns();
  const width = table.getTotalSize();
  // A row is told its places anew only when they are others.
  const places = JSON.stringify(pinnedPlaces(leafs, props.pinned));
  const pinned = useMemo(() => new Map(JSON.parse(places) as [string, number][]), [places]);
  const template = leafs
    .map((column) => {
      const px = column.getSize();
      return columns.find((spec) => spec.id === column.id)?.grows && !pinned.has(column.id)
        ? `minmax(${px}px, ${px}fr)`
        : `${px}px`;
    })
    .join(' ');
  // Elements of rows that went are used for those that come: nothing is made or thrown away while scrolling.
  const seen = Math.ceil((virtual.scrollRect?.height ?? 0) / ROW_PX) + 2 * OVERSCAN + 2;
  const recycled = Math.max(seen, to - from, 1);

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const key = readGridKey(event, active, total, page);
    if (!key) return;
    event.preventDefault();
    if (key.type === 'move') {
      virtual.scrollToIndex(key.index, { align: 'auto' });
      props.onPick(key.index, key.mode);
    } else if (key.type === 'all') props.onPickAll();
    else if (active !== null && key.type === 'toggle') props.onPick(active, 'toggle');
    else if (active !== null && key.type === 'open') props.onOpen(active);
  };
  const rowUnder = (event: MouseEvent): number | null => {
    const row = (event.target as Element).closest<HTMLElement>('[data-index]');
    return row ? Number(row.dataset.index) : null;
  };
  const isActiveHere = active !== null && active >= from && active < to;

  return wrap(
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-multiselectable
      aria-activedescendant={isActiveHere ? `${id}-${active}` : undefined}
      tabIndex={0}
      className="grid"
      style={{ '--columns': template } as React.CSSProperties}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const index = rowUnder(event);
        if (index !== null) props.onPick(index, pickModeOf(event));
      }}
      onDoubleClick={(event) => {
        const index = rowUnder(event);
        if (index !== null) props.onOpen(index);
      }}
      onPointerOver={(event) => sayInFull(event, columns, at)}
      onContextMenu={(event) => {
        const index = rowUnder(event);
        const row = index === null ? undefined : at(index);
        if (index !== null && row !== undefined && !props.isSelected(row)) props.onPick(index, 'one');
      }}
    >
      <div role="presentation" className="grid-canvas" style={{ height: virtual.getTotalSize(), minWidth: width }}>
        <GridHeader
          table={table}
          columns={columns}
          sizes={sizes}
          sorts={props.sorts}
          pinned={pinned}
          menuOf={props.menuOf}
          onSort={props.onSort}
          onMove={props.onMove}
        />
        {Array.from({ length: to - from }, (_, offset) => {
          const index = from + offset;
          const data = at(index);
          return (
            <GridRow
              key={index % recycled}
              id={`${id}-${index}`}
              index={index}
              data={data}
              columns={columns}
              pinned={pinned}
              selected={data !== undefined && props.isSelected(data)}
              active={index === active}
            />
          );
        })}
      </div>
    </div>,
  );
}

/** Gives the cell under the pointer its tooltip: made for the few that are looked at, not for all that scroll by. */
function sayInFull<T>(
  event: MouseEvent,
  columns: readonly GridColumn<T>[],
  at: (index: number) => T | undefined,
): void {
  const cell = (event.target as Element).closest<HTMLElement>('[data-column]');
  const index = Number(cell?.closest<HTMLElement>('[data-index]')?.dataset.index);
  const data = at(index);
  const hint = columns.find(({ id }) => id === cell?.dataset.column)?.hint;
  if (cell) cell.title = data === undefined ? '' : (hint?.(data) ?? '');
}

/** Where the pinned columns stay, px from the left: side by side, in their order. Their widths do not grow. */
function pinnedPlaces(
  columns: readonly { readonly id: string; getSize(): number }[],
  pinned: readonly string[],
): readonly (readonly [string, number])[] {
  const shown = columns.filter(({ id }) => pinned.includes(id));
  return shown.map(({ id }, index) => [id, shown.slice(0, index).reduce((left, other) => left + other.getSize(), 0)]);
}
