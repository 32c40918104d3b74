import { Bookmark, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useServices, useWorkbench } from '../../api/services.tsx';
import { asksForAll, withSavedFilter } from '../../state/library-filter.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';

/** Asks for the name of what is filtered now; a name that is taken is replaced, and says so. */
function SaveFilter({ onClose }: { onClose: () => void }) {
  const { store } = useServices();
  const saved = useWorkbench((state) => state.savedFilters);
  const [name, setName] = useState('');
  const wanted = name.trim();
  const isTaken = saved.some((one) => one.name === wanted);
  const save = (): void => {
    if (wanted === '') return;
    const { search, filter, period, set } = store.getState();
    set({ savedFilters: withSavedFilter(saved, { name: wanted, search, filter, period }) });
    onClose();
  };
  return (
    <Dialog
      title="Save the filters"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={wanted === ''} onClick={save}>
            {isTaken ? 'Replace' : 'Save'}
          </Button>
        </>
      }
    >
      <Field
        label="Name"
        data-first-focus
        value={name}
        maxLength={60}
        onText={setName}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
      {isTaken && <p className="faint">The filters saved under this name are replaced.</p>}
    </Dialog>
  );
}

/** Filters with a name: apply one, save what is filtered now, delete one. */
export function SavedFilters() {
  const { store } = useServices();
  const saved = useWorkbench((state) => state.savedFilters);
  const search = useWorkbench((state) => state.search);
  const filter = useWorkbench((state) => state.filter);
  const period = useWorkbench((state) => state.period);
  const [saving, setSaving] = useState(false);
  const { set } = store.getState();
  const isCurrent = (one: (typeof saved)[number]): boolean =>
    one.search === search && one.period === period && JSON.stringify(one.filter) === JSON.stringify(filter);
  const nothing = asksForAll({ filter, period }) && search.trim() === '';
  const items: readonly MenuItem[] = [
    ...saved.map((one) => ({
      label: one.name,
      checked: isCurrent(one),
      oneOf: true,
      run: () => set({ search: one.search, filter: one.filter, period: one.period }),
    })),
    ...(saved.length > 0 ? (['separator'] as const) : []),
    { label: 'Save these filters…', icon: Plus, disabled: nothing, run: () => setSaving(true) },
    ...saved.filter(isCurrent).map(({ name }) => ({
      label: `Delete “${name}”`,
      icon: Trash2,
      danger: true,
      run: () => set({ savedFilters: saved.filter((one) => one.name !== name) }),
    })),
  ];
  return (
    <>
      <Menu
        label="Saved filters"
        align="start"
        trigger={
          <button type="button" className="icon-button" aria-label="Saved filters" title="Saved filters">
            <Bookmark size={16} aria-hidden />
          </button>
        }
        items={items}
      />
      {saving && <SaveFilter onClose={() => setSaving(false)} />}
    </>
  );
}
