import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { NO_FILTER } from '../../../shared/model/session-filter.ts';
import { useCall, useEngineState, useServices, useWorkbench } from '../../api/services.tsx';
import { useCommands } from '../../api/use-commands.ts';
import type { CommandHandlers } from '../../state/command-registry.ts';
import { findCommand } from '../../state/commands.ts';
import { asksForAll } from '../../state/library-filter.ts';
import { markUsable } from '../../state/usable.ts';
import { usePanel } from '../../ui/dock/panel-context.ts';
import { FailureLine } from '../../ui/failure-line.tsx';
import { createDateFormat } from '../../ui/format-date.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { sessionColumns } from './columns.tsx';
import { EmptyLibrary, NoMatch } from './empty-library.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { LibraryToolbar } from './library-toolbar.tsx';
import { Preview } from './preview.tsx';
import { SessionGrid } from './session-grid.tsx';
import { useBulkActions } from './use-bulk-actions.ts';
import { useColumns } from './use-columns.ts';
import { useFacets } from './use-facets.ts';
import { useLibraryActions } from './use-library-actions.ts';
import { useSessionList } from './use-session-list.ts';
import './library.css';

/** Every session on this computer: what is asked for, the list of it, and what is known of the chosen one. */
export function LibraryView() {
  const { store } = useServices();
  // Of an engine that died the window tells once, by itself; everything is read again when there is another.
  const engineReady = useEngineState().kind === 'ready';
  const actions = useLibraryActions();
  const bulk = useBulkActions();
  const list = useSessionList();
  const { pages, view } = list;
  const filter = useWorkbench((state) => state.filter);
  const period = useWorkbench((state) => state.period);
  const selection = useWorkbench((state) => state.selection);
  const facetsOpen = useWorkbench((state) => state.facetsOpen);
  const preview = useWorkbench((state) => state.preview);
  const [tagging, setTagging] = useState(false);
  const servers = useCall('servers.list', undefined).data;
  const names = useMemo(() => new Map(servers?.map(({ id, name }) => [id, name])), [servers]);
  const dates = useMemo(() => createDateFormat(Date.now), []);
  const columns = useColumns(useMemo(() => sessionColumns(dates, names), [dates, names]));
  const { set } = store.getState();
  const all = asksForAll({ filter, period });
  const isEmpty = view.total === 0 && list.search === '' && all;
  const facets = useFacets(list.search, list.filter, facetsOpen && !isEmpty && view.total !== null);

  const known = view.total !== null;
  useEffect(() => {
    if (known) markUsable();
  }, [known]);

  const keys = [...selection.keys];
  const activeIndex = selection.active?.index;
  const isPinned = activeIndex !== undefined && view.at(activeIndex)?.pinned === true;
  const canUndo = useWorkbench((state) => state.notices.some(({ undo }) => undo !== null));
  const handlers: CommandHandlers<'library'> = {
    ...(keys.length > 0 && {
      delete: () => void bulk.remove(keys),
      pin: () => void bulk.pin(keys, !isPinned),
      tag: () => setTagging(true),
    }),
    ...(!isEmpty && { preview: () => set({ preview: preview === 'off' ? 'beside' : 'off' }) }),
    ...(canUndo && { undo: () => undoLast(store.getState()) }),
  };
  useCommands('library', handlers, usePanel().active);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const target = event.target as Element;
    if (event.defaultPrevented || target.closest('input, [role="menu"]')) return;
    const id = findCommand('library', event, {});
    const run = handlers[id as keyof typeof handlers];
    if (!run || (id === 'delete' && target.closest('[role="grid"]') === null)) return;
    event.preventDefault();
    run();
  };

  if (isEmpty) {
    return (
      <section className="library" aria-label="Library">
        <EmptyLibrary actions={actions} />
      </section>
    );
  }
  return (
    <section className="library" aria-label="Library" onKeyDown={onKeyDown}>
      <LibraryToolbar total={view.total} columns={columns} actions={actions} />
      <FilterBar
        servers={names}
        keys={keys}
        pinned={isPinned}
        bulk={bulk}
        actions={actions}
        tagging={tagging}
        onTagging={setTagging}
      />
      {view.error !== null && engineReady && (
        <FailureLine what="The sessions could not be read." why={view.error} onRetry={pages.retry} />
      )}
      <div className="library-body">
        {facetsOpen && (
          <FacetPanel
            counts={facets.counts}
            error={engineReady ? facets.error : null}
            onRetry={facets.retry}
            servers={names}
          />
        )}
        <div className={preview === 'below' ? 'library-main library-main-below' : 'library-main'}>
          <div className="library-list">
            {view.total === 0 ? (
              <NoMatch
                search={list.search}
                filtered={!all}
                onClear={() => set({ search: '', filter: NO_FILTER, period: 'any' })}
              />
            ) : (
              <SessionGrid list={list} columns={columns} bulk={bulk} actions={actions} onTag={() => setTagging(true)} />
            )}
          </div>
          <PreviewPlace>
            <Preview sessionKey={selection.active?.key ?? null} dates={dates} servers={names} bulk={bulk} />
          </PreviewPlace>
        </div>
      </div>
    </section>
  );
}

/** Beside the list or below it, with the bar that sizes it; nothing while it is off. */
function PreviewPlace({ children }: { children: React.ReactNode }) {
  const { store } = useServices();
  const place = useWorkbench((state) => state.preview);
  const width = useWorkbench((state) => state.previewWidth);
  const height = useWorkbench((state) => state.previewHeight);
  const { set } = store.getState();
  if (place === 'off') return null;
  const beside = place === 'beside';
  return (
    <>
      <Splitter
        label="Size of the preview"
        axis={beside ? 'x' : 'y'}
        size={beside ? width : height}
        min={beside ? 240 : 120}
        max={beside ? 900 : 600}
        initial={beside ? 320 : 260}
        onSize={(size) => set(beside ? { previewWidth: size } : { previewHeight: size })}
      />
      <div className={`library-preview preview-${place}`} style={beside ? { width } : { height }}>
        {children}
      </div>
    </>
  );
}

/** Turns back what the newest notice that offers it tells of. */
function undoLast(state: {
  readonly notices: readonly { readonly id: number; readonly undo: (() => Promise<void>) | null }[];
  dismiss(id: number): void;
}): void {
  const last = state.notices.findLast(({ undo }) => undo !== null);
  if (!last?.undo) return;
  state.dismiss(last.id);
  void last.undo();
}
