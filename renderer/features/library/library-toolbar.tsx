import { Columns3, FolderOpen, RefreshCw, ServerCog, X } from 'lucide-react';
import { useWorkbench } from '../../api/services.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatMany } from '../../ui/format-count.ts';
import { Menu } from '../../ui/menu.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { ChosenColumns } from './use-columns.ts';
import type { LibraryActions } from './use-library-actions.ts';

/** The search field; `/` and Ctrl+F bring the focus here (by its id). */
export const SEARCH_ID = 'library-search';

function LibrarySearch() {
  const search = useWorkbench((state) => state.search);
  const set = useWorkbench((state) => state.set);
  return (
    <search className="library-search">
      <SearchField
        id={SEARCH_ID}
        label="Search sessions"
        placeholder="Search URL, user, release or session id"
        value={search}
        maxLength={500}
        onText={(text) => set({ search: text })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && search === '') event.currentTarget.blur();
        }}
      >
        {search !== '' && <IconButton icon={X} label="Clear search" onClick={() => set({ search: '' })} />}
      </SearchField>
    </search>
  );
}

/** Search, count, columns, and the ways to get sessions. */
export function LibraryToolbar({
  total,
  columns,
  actions,
}: {
  total: number | null;
  columns: ChosenColumns;
  actions: LibraryActions;
}) {
  const isVisible = (id: string): boolean => columns.visible.some((column) => column.id === id);
  return (
    <div className="toolbar" role="toolbar" aria-label="Library">
      <LibrarySearch />
      <output className="toolbar-count" aria-live="polite">
        {total !== null && formatMany(total, 'session')}
      </output>
      <span className="toolbar-space" />
      <Menu
        label="Columns"
        trigger={
          <button type="button" className="icon-button" aria-label="Columns" title="Columns">
            <Columns3 size={16} aria-hidden />
          </button>
        }
        items={[
          ...columns.all.map(({ id, label, title }) => ({
            label: id === 'failedRequests' ? (title ?? label) : label,
            checked: isVisible(id),
            disabled: isVisible(id) && columns.visible.length === 1,
            run: () => columns.toggle(id),
          })),
          'separator' as const,
          { label: 'Reset columns', run: columns.reset },
        ]}
      />
      <Button icon={RefreshCw} onClick={actions.syncAll}>
        Sync
      </Button>
      <Button icon={ServerCog} onClick={actions.connectServer}>
        Connect to a server…
      </Button>
      <Tooltip text="Open a recording" keys="Ctrl+O">
        <Button icon={FolderOpen} tone="primary" onClick={actions.openRecording}>
          Open a recording…
        </Button>
      </Tooltip>
    </div>
  );
}
