import { ExternalLink, Pin, Play, Stethoscope, Tag, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { useServices, useWorkbench } from '../../api/services.tsx';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import { ContextMenu, type MenuItem } from '../../ui/menu.tsx';
import { MOST_EXPORTED } from './selection-actions.tsx';
import type { BulkActions } from './use-bulk-actions.ts';
import type { ChosenColumns } from './use-columns.ts';
import type { LibraryActions } from './use-library-actions.ts';
import { type SessionList, usePicking } from './use-session-list.ts';

/** Tabs that are opened at once at most. */
const MOST_OPENED = 20;

/** The list itself: its rows, their menu, and the keys that act on the selection. */
export function SessionGrid({
  list,
  columns,
  bulk,
  actions,
  onTag,
}: {
  list: SessionList;
  columns: ChosenColumns;
  bulk: BulkActions;
  actions: LibraryActions;
  /** Opens the field for a tag. */
  onTag: () => void;
}) {
  const { store } = useServices();
  const { pages, view } = list;
  const { pick, pickAll } = usePicking(list);
  const selection = useWorkbench((state) => state.selection);
  const sizes = useWorkbench((state) => state.columnSizes);
  const pinned = useWorkbench((state) => state.pinnedColumns);
  const { set, openTab, select } = store.getState();

  // Rows move when sessions come and go; the selection follows its keys.
  const activeKey = selection.active?.key;
  const activeIndex = selection.active?.index;
  useEffect(() => {
    if (activeIndex === undefined || view.at(activeIndex)?.key === activeKey) return;
    const now = view.find(({ key }) => key === activeKey);
    if (now === undefined || now === activeIndex) return;
    select({ type: 'moved', indexOf: (key) => view.find((row) => row.key === key) });
  }, [view, activeKey, activeIndex, select]);

  const keys = [...selection.keys];
  const isPinned = activeIndex !== undefined && view.at(activeIndex)?.pinned === true;
  const menu: readonly MenuItem[] =
    keys.length === 0
      ? []
      : [
          {
            label: keys.length > 1 ? `Open ${keys.length} sessions` : 'Open',
            icon: Play,
            keys: 'Enter',
            disabled: keys.length > MOST_OPENED,
            run: () => keys.forEach((key) => void openTab(key)),
          },
          { label: isPinned ? 'Unpin' : 'Pin', icon: Pin, keys: 'P', run: () => void bulk.pin(keys, !isPinned) },
          { label: 'Tag…', icon: Tag, keys: 'T', run: onTag },
          {
            label: 'Export…',
            icon: ExternalLink,
            disabled: keys.length > MOST_EXPORTED,
            run: () => actions.exportSessions(keys),
          },
          { label: 'Diagnose again', icon: Stethoscope, run: () => void bulk.diagnose(keys) },
          'separator',
          { label: 'Delete local copy', icon: Trash2, keys: 'Delete', danger: true, run: () => void bulk.remove(keys) },
        ];
  return (
    <DataGrid
      label="Sessions"
      columns={columns.visible}
      pinned={pinned}
      menuOf={columns.menuOf}
      list={pages}
      total={view.total ?? 0}
      at={view.at}
      isSelected={(row) => selection.keys.has(row.key)}
      active={activeIndex ?? null}
      sorts={columns.sorts}
      sizes={sizes}
      onSort={columns.sort}
      onMove={columns.move}
      onSizes={(columnSizes) => set({ columnSizes })}
      onPick={(index, mode) => void pick(index, mode)}
      onPickAll={() => void pickAll()}
      onOpen={(index) => {
        const key = view.at(index)?.key;
        if (key !== undefined) openTab(key);
      }}
      onShow={pages.show}
      wrap={(grid) => (
        <ContextMenu label="Selected sessions" items={menu}>
          {grid}
        </ContextMenu>
      )}
    />
  );
}
