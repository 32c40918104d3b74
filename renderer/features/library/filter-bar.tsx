import { ListFilter, PanelRight } from 'lucide-react';
import { useServices, useWorkbench } from '../../api/services.tsx';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { FilterChips } from './filter-chips.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { SelectionActions } from './selection-actions.tsx';

/** What is filtered, at the left; what can be done with the selection, at the right. */
export function FilterBar({
  servers,
  ...selection
}: { servers: ReadonlyMap<string, string> } & React.ComponentProps<typeof SelectionActions>) {
  const { store } = useServices();
  const facetsOpen = useWorkbench((state) => state.facetsOpen);
  const preview = useWorkbench((state) => state.preview);
  const { set } = store.getState();
  return (
    <div className="filter-bar">
      <IconButton
        icon={ListFilter}
        label={facetsOpen ? 'Hide the filters' : 'Show the filters'}
        aria-pressed={facetsOpen}
        className={classNames(facetsOpen && 'pressed')}
        onClick={() => set({ facetsOpen: !facetsOpen })}
      />
      <SavedFilters />
      <FilterChips servers={servers} />
      <span className="toolbar-space" />
      <SelectionActions {...selection} />
      <IconButton
        icon={PanelRight}
        label={preview === 'off' ? 'Show the preview' : 'Hide the preview'}
        keys="I"
        aria-pressed={preview !== 'off'}
        className={classNames(preview !== 'off' && 'pressed')}
        onClick={() => set({ preview: preview === 'off' ? 'beside' : 'off' })}
      />
    </div>
  );
}
