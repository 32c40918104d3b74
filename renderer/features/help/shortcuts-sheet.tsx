import { useServices, useWorkbench } from '../../api/services.tsx';
import { SHORTCUTS, type Shortcut, type ShortcutScope } from '../../state/shortcuts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Keys } from '../../ui/keys.tsx';
import './shortcuts-sheet.css';

const SCOPES: readonly { readonly scope: ShortcutScope; readonly title: string }[] = [
  { scope: 'window', title: 'Everywhere' },
  { scope: 'library', title: 'Library' },
  { scope: 'session', title: 'Session' },
];

/** Every shortcut there is, from the same table that the handlers use. */
export function ShortcutsSheet() {
  const { store } = useServices();
  const open = useWorkbench((state) => state.dialog === 'shortcuts');
  if (!open) return null;
  const all: readonly Shortcut[] = Object.values(SHORTCUTS);
  return (
    <Dialog title="Keyboard shortcuts" wide onClose={() => store.getState().set({ dialog: null })}>
      <div className="shortcut-columns">
        {SCOPES.map(({ scope, title }) => (
          <section key={scope} aria-label={title}>
            <h3>{title}</h3>
            <dl className="shortcuts">
              {all
                .filter((shortcut) => shortcut.scope === scope)
                .map(({ label, keys }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>
                      <Keys keys={keys.join(' ')} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
