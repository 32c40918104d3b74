import { COMMAND_IDS, COMMANDS, type CommandScope, keysOf } from '../../../shared/ipc/commands.ts';
import { useServices, useWorkbench } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Keys } from '../../ui/keys.tsx';
import './shortcuts-sheet.css';

const SCOPES: readonly { readonly scope: CommandScope; readonly title: string }[] = [
  { scope: 'window', title: 'Everywhere' },
  { scope: 'library', title: 'Library' },
  { scope: 'session', title: 'Session' },
];

/** Every shortcut there is, from the same table that the handlers use. */
export function ShortcutsSheet() {
  const { store } = useServices();
  const choice = useWorkbench((state) => state.keys);
  const close = (): void => store.getState().set({ dialog: null });
  return (
    <Dialog
      title="Keyboard shortcuts"
      wide
      onClose={close}
      footer={
        <Button
          onClick={() => {
            close();
            store.getState().openSettings('shortcuts');
          }}
        >
          Change shortcuts…
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached without a pointer */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a legend; this is a list to be read */}
      <div className="shortcut-columns" role="group" aria-label="Shortcuts" tabIndex={0} data-first-focus>
        {SCOPES.map(({ scope, title }) => (
          <section key={scope} aria-label={title}>
            <h3>{title}</h3>
            <dl className="shortcuts">
              {COMMAND_IDS.filter((id) => COMMANDS[id].scope === scope).map((id) => (
                <div key={id}>
                  <dt>{COMMANDS[id].label}</dt>
                  <dd>
                    <Keys keys={keysOf(id, choice).join(' ')} />
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
