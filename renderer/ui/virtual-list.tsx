// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its active row; rows come and go
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import './virtual-list.css';

/** A long list of one-line rows. A click or Enter picks; arrow keys move and pick. Only the rows on the screen exist. */
export function VirtualList({
  label,
  count,
  rowPx,
  row,
  rowClass,
  current,
  follow,
  onFollow,
  onPick,
}: {
  label: string;
  count: number;
  rowPx: number;
  row: (index: number) => ReactNode;
  rowClass?: (index: number) => string | undefined;
  /** The row that is up now, for instance at the playhead; -1 for none. */
  current: number;
  /** Keeps `current` in sight. */
  follow: boolean;
  /** Somebody scrolled away (false) or picked a row (true). */
  onFollow: (follow: boolean) => void;
  onPick: (index: number) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [focused, setFocused] = useState<number | null>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 6,
  });
  useEffect(() => {
    if (follow && current >= 0 && current < count) virtual.scrollToIndex(current, { align: 'auto' });
  }, [follow, current, count, virtual]);

  const pick = (index: number): void => {
    setFocused(index);
    onFollow(true);
    onPick(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = focused ?? current;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: count - 1,
      Enter: from,
    };
    const target = moves[event.key];
    if (target === undefined || count === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const index = Math.min(count - 1, Math.max(0, target));
    virtual.scrollToIndex(index, { align: 'auto' });
    pick(index);
  };
  const items = virtual.getVirtualItems();
  const active = focused ?? current;
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={label}
      aria-activedescendant={items.some(({ index }) => index === active) ? `${id}-${active}` : undefined}
      tabIndex={0}
      className="virtual-list"
      onKeyDown={onKeyDown}
      onWheel={() => onFollow(false)}
      onClick={(event) => {
        const element = (event.target as Element).closest<HTMLElement>('[data-index]');
        if (element) pick(Number(element.dataset.index));
      }}
    >
      <div role="presentation" className="virtual-canvas" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <div
            key={index}
            role="option"
            id={`${id}-${index}`}
            aria-selected={index === focused}
            aria-current={index === current}
            aria-setsize={count}
            aria-posinset={index + 1}
            data-index={index}
            className={classNames(
              'list-row',
              rowClass?.(index),
              index === current && 'current',
              index === focused && 'focused',
            )}
            style={{ height: rowPx, transform: `translateY(${start}px)` }}
          >
            {row(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
