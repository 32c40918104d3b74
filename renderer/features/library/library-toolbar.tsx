import { Columns3, FolderOpen, RefreshCw, Search, ServerCog, X } from 'lucide-react';
import { useWorkbench } from '../../api/services.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import type { GridColumn } from '../../ui/data-grid/grid-types.ts';
import { formatMany } from '../../ui/format-count.ts';
import { Menu } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { LibraryActions } from './use-library-actions.ts';

/** The search field; `/` and Ctrl+F bring the focus here (by its id). */
export const SEARCH_ID = 'library-search';

function SearchField() {
  const search = useWorkbench((state) => state.search);
  const set = useWorkbench((state) => state.set);
  return (
    <search className="search">
      <Search size={16} aria-hidden />
      <input
        id={SEARCH_ID}
        type="text"
        value={search}
        maxLength={500}
        placeholder="Search URL, user, release or session id"
        aria-label="Search sessions"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => set({ search: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (search === '') event.currentTarget.blur();
          set({ search: '' });
        }}
      />
      {search !== '' && <IconButton icon={X} label="Clear search" onClick={() => set({ search: '' })} />}
    </search>
  );
}

/** Search, count, columns, and the ways to get sessions. */
export function LibraryToolbar({
  total,
  selected,
  columns,
  actions,
}: {
  total: number | null;
  selected: number;
  columns: readonly Pick<GridColumn<never>, 'id' | 'label' | 'title'>[];
  actions: LibraryActions;
}) {
  const hidden = useWorkbench((state) => state.hiddenColumns);
  const set = useWorkbench((state) => state.set);
  const toggle = (id: string): void =>
    set({ hiddenColumns: hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id] });
  const isLast = (id: string): boolean => !hidden.includes(id) && hidden.length >= columns.length - 1;
  return (
    <div className="toolbar" role="toolbar" aria-label="Library">
      <SearchField />
      <output className="toolbar-count" aria-live="polite">
        {total !== null && formatMany(total, 'session')}
        {selected > 1 && `, ${selected.toLocaleString()} selected`}
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
          ...columns.map(({ id, label, title }) => ({
            label: id === 'failedRequests' ? (title ?? label) : label,
            checked: !hidden.includes(id),
            disabled: isLast(id),
            run: () => toggle(id),
          })),
          'separator' as const,
          { label: 'Reset columns', run: () => set({ hiddenColumns: [], columnSizes: {} }) },
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
