import { ExternalLink, Play, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { SessionSort } from '../../../shared/ipc/engine-calls.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { useCall, useServices, useWorkbench } from '../../api/services.tsx';
import { markUsable } from '../../state/usable.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';
import { formatMany } from '../../ui/format-count.ts';
import { createDateFormat } from '../../ui/format-date.ts';
import { ContextMenu, type MenuItem } from '../../ui/menu.tsx';
import { sessionColumns } from './columns.tsx';
import { EmptyLibrary, NoMatch } from './empty-library.tsx';
import { LibraryToolbar } from './library-toolbar.tsx';
import { useLibraryActions } from './use-library-actions.ts';
import { usePicking, useSessionList } from './use-session-list.ts';
import './library.css';

/** Every session on this computer, as a list. */
export function LibraryView() {
  const { store } = useServices();
  const actions = useLibraryActions();
  const list = useSessionList();
  const { pages, view } = list;
  const { pick, pickAll } = usePicking(list);
  const sort = useWorkbench((state) => state.sort);
  const descending = useWorkbench((state) => state.descending);
  const selection = useWorkbench((state) => state.selection);
  const sizes = useWorkbench((state) => state.columnSizes);
  const hidden = useWorkbench((state) => state.hiddenColumns);
  const { set, openTab, select } = store.getState();
  const [deleting, setDeleting] = useState<readonly SessionKey[] | null>(null);
  const servers = useCall('servers.list', undefined).data;
  const columns = useMemo(
    () => sessionColumns(createDateFormat(Date.now), new Map(servers?.map(({ id, name }) => [id, name]))),
    [servers],
  );

  const known = view.total !== null;
  useEffect(() => {
    if (known) markUsable();
  }, [known]);

  // Rows move when sessions come and go; the selection follows its keys.
  const activeKey = selection.active?.key;
  const activeIndex = selection.active?.index;
  useEffect(() => {
    if (activeIndex === undefined || view.at(activeIndex)?.key === activeKey) return;
    const now = view.find(({ key }) => key === activeKey);
    if (now === undefined || now === activeIndex) return;
    select({ type: 'moved', indexOf: (key) => view.find((row) => row.key === key) });
  }, [view, activeKey, activeIndex, select]);

  const onSort = useCallback(
    (by: string) =>
      set(
        by === sort
          ? { descending: !descending }
          : { sort: by as SessionSort, descending: by !== 'user' && by !== 'entryUrl' },
      ),
    [set, sort, descending],
  );
  const open = (index: number): void => {
    const key = view.at(index)?.key;
    if (key !== undefined) openTab(key);
  };
  const isEmpty = view.total === 0 && list.search === '';
  const keys = [...selection.keys];
  const many = keys.length > 1;
  const menu: readonly MenuItem[] =
    keys.length === 0
      ? []
      : [
          {
            label: many ? `Open ${keys.length} sessions` : 'Open',
            icon: Play,
            keys: 'Enter',
            disabled: keys.length > 20,
            run: () => keys.forEach((key) => void openTab(key)),
          },
          {
            label: 'Export…',
            icon: ExternalLink,
            disabled: keys.length > 1000,
            run: () => actions.exportSessions(keys),
          },
          'separator',
          { label: 'Delete local copy…', icon: Trash2, keys: 'Delete', danger: true, run: () => setDeleting(keys) },
        ];

  return (
    <section className="library" aria-label="Library">
      {!isEmpty && <LibraryToolbar total={view.total} selected={keys.length} columns={columns} actions={actions} />}
      {view.error !== null && (
        <FailureLine what="The sessions could not be read." why={view.error} onRetry={pages.retry} />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Delete belongs to the grid inside */}
      <div
        className="library-list"
        onKeyDown={(event) => {
          if (event.key === 'Delete' && keys.length > 0) setDeleting(keys);
        }}
      >
        {view.total === 0 ? (
          isEmpty ? (
            <EmptyLibrary actions={actions} />
          ) : (
            <NoMatch search={list.search} onClear={() => set({ search: '' })} />
          )
        ) : (
          <DataGrid
            label="Sessions"
            columns={columns}
            list={pages}
            total={view.total ?? 0}
            at={view.at}
            isSelected={(row) => selection.keys.has(row.key)}
            active={activeIndex ?? null}
            sort={{ by: sort, descending }}
            sizes={sizes}
            hidden={hidden}
            onSort={onSort}
            onSizes={(columnSizes) => set({ columnSizes })}
            onPick={(index, mode) => void pick(index, mode)}
            onPickAll={() => void pickAll()}
            onOpen={open}
            onShow={pages.show}
            wrap={(grid) => (
              <ContextMenu label="Selected sessions" items={menu}>
                {grid}
              </ContextMenu>
            )}
          />
        )}
      </div>
      {deleting && (
        <Confirm
          title={`Delete the local copy of ${formatMany(deleting.length, 'session')}?`}
          action="Delete local copy"
          onConfirm={() => actions.deleteSessions(deleting)}
          onClose={() => setDeleting(null)}
        >
          <p>
            The recording, its facts and its diagnosis are removed from this computer. A session that came from a server
            stays there; one that came from a file can only be opened again from that file.
          </p>
        </Confirm>
      )}
    </section>
  );
}
