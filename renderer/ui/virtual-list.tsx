// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its active row; rows come and go
// biome-ignore-all lint/a11y/noStaticElementInteractions: the role is one of two, which the rule does not see through
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: as above; a treeitem has a level, an option's is undefined
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import './virtual-list.css';

/** What makes a list a tree: how deep a row is, and whether it can be opened. */
export interface TreeShape {
  /** Levels above the row, from 0. */
  readonly depth: (index: number) => number;
  /** Null for a row that has nothing below it. */
  readonly isOpen: (index: number) => boolean | null;
  readonly onToggle: (index: number) => void;
}

/**
 * A long list, or tree, of one-line rows. A click or Enter picks; arrow keys move and pick, in a tree left and right close
 * and open. Only the rows on the screen exist.
 */
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
  onShow,
  tree,
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
  /** Told which rows are on the screen, `to` exclusive. */
  onShow?: (from: number, to: number) => void;
  tree?: TreeShape;
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

  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1];
  useEffect(() => {
    onShow?.(from, to);
  }, [onShow, from, to]);

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
    if (tree && (event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !event.shiftKey) {
      event.preventDefault(); // also where there is nothing to open: in a tree these keys never move the playhead
      const isLeft = event.key === 'ArrowLeft';
      const above = isLeft ? parentOf(tree, from) : -1;
      if (tree.isOpen(from) === isLeft) tree.onToggle(from);
      else if (above >= 0) {
        virtual.scrollToIndex(above, { align: 'auto' });
        pick(above);
      }
      return;
    }
    const target = moves[event.key];
    if (target === undefined || count === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const index = Math.min(count - 1, Math.max(0, target));
    virtual.scrollToIndex(index, { align: 'auto' });
    pick(index);
  };
  const active = focused ?? current;
  return (
    <div
      ref={scroller}
      role={tree ? 'tree' : 'listbox'}
      aria-label={label}
      aria-activedescendant={items.some(({ index }) => index === active) ? `${id}-${active}` : undefined}
      tabIndex={0}
      className="virtual-list"
      onKeyDown={onKeyDown}
      onWheel={() => onFollow(false)}
      onClick={(event) => {
        const target = event.target as Element;
        const element = target.closest<HTMLElement>('[data-index]');
        if (!element) return;
        const index = Number(element.dataset.index);
        if (tree && target.closest('.tree-twisty')) tree.onToggle(index);
        else pick(index);
      }}
    >
      <div role="presentation" className="virtual-canvas" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <div
            key={index}
            role={tree ? 'treeitem' : 'option'}
            aria-level={tree ? tree.depth(index) + 1 : undefined}
            aria-expanded={tree?.isOpen(index) ?? undefined}
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
            style={{
              height: rowPx,
              transform: `translateY(${start}px)`,
              ...(tree ? { paddingLeft: `calc(var(--s2) + ${tree.depth(index)} * var(--s3))` } : {}),
            }}
          >
            {tree && <Twisty open={tree.isOpen(index)} />}
            {row(index)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The row that a row is below; -1 at the top. */
function parentOf(tree: TreeShape, index: number): number {
  let above = index - 1;
  while (above >= 0 && tree.depth(above) >= tree.depth(index)) above -= 1;
  return above;
}

/** The mark in front of a row that can be opened; a place as wide in front of others. */
const Twisty = ({ open }: { open: boolean | null }) => (
  <span className={classNames('tree-twisty', open === null && 'tree-leaf', open === true && 'tree-open')} aria-hidden>
    {open !== null && <ChevronRight size={14} />}
  </span>
);
