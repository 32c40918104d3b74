import { Fragment, useState } from 'react';
import { COMMAND_IDS, COMMANDS, type CommandId, type CommandScope, keysOf } from '../../../shared/ipc/commands.ts';
import { useServices, useWorkbench } from '../../api/services.tsx';
import { canChange, chordOf, conflictsOf } from '../../state/commands.ts';
import { Button } from '../../ui/button.tsx';
import { Keys } from '../../ui/keys.tsx';

const SCOPES: readonly { readonly scope: CommandScope; readonly title: string }[] = [
  { scope: 'window', title: 'Everywhere' },
  { scope: 'session', title: 'Session' },
  { scope: 'library', title: 'Library' },
];

const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph'];

/** A field that takes the next chord. Escape leaves it as it was, Tab goes on. */
function KeyCapture({ id, onDone }: { id: CommandId; onDone: () => void }) {
  const { store } = useServices();
  const choice = useWorkbench((state) => state.keys);
  const [chord, setChord] = useState<string | null>(null);
  const conflicts = chord === null ? [] : conflictsOf(id, chord, choice);
  const keep = (pressed: string): void => {
    store.getState().set({ keys: { ...store.getState().keys, [id]: [pressed] } });
    onDone();
  };
  return (
    <div className="shortcut-edit">
      <span role="alert" className="error-text">
        {conflicts.length > 0 && `Already: ${conflicts.map((other) => COMMANDS[other].label).join(', ')}`}
      </span>
      <input
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it, to be typed into
        autoFocus
        readOnly
        className="key-capture"
        aria-label={`New keys for: ${COMMANDS[id].label}`}
        value={chord ?? ''}
        placeholder="Press the keys"
        onKeyDown={(event) => {
          if (event.key === 'Tab') return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Escape') return onDone();
          if (event.key === 'Enter' && chord !== null && conflicts.length === 0) return keep(chord);
          if (MODIFIERS.includes(event.key)) return;
          const pressed = chordOf(event);
          setChord(pressed);
          if (conflictsOf(id, pressed, choice).length === 0) keep(pressed);
        }}
        onBlur={onDone}
      />
    </div>
  );
}

function CommandRow({ id }: { id: CommandId }) {
  const { store } = useServices();
  const choice = useWorkbench((state) => state.keys);
  const [editing, setEditing] = useState(false);
  const { label } = COMMANDS[id];
  const reset = (): void => {
    const { [id]: _, ...rest } = store.getState().keys;
    store.getState().set({ keys: rest });
  };
  return (
    <tr>
      <td>{label}</td>
      {editing ? (
        <td colSpan={2}>
          <KeyCapture id={id} onDone={() => setEditing(false)} />
        </td>
      ) : (
        <>
          <td>
            <Keys keys={keysOf(id, choice).join(' ')} />
          </td>
          <td>
            <div className="shortcut-edit">
              {choice[id] && (
                <Button tone="quiet" aria-label={`Reset: ${label}`} onClick={reset}>
                  Reset
                </Button>
              )}
              {canChange(id) && (
                <Button tone="quiet" aria-label={`Change: ${label}`} onClick={() => setEditing(true)}>
                  Change
                </Button>
              )}
            </div>
          </td>
        </>
      )}
    </tr>
  );
}

/** Every command with its keys, which can be changed. */
export function ShortcutsSection() {
  const { store } = useServices();
  const changed = useWorkbench((state) => Object.keys(state.keys).length > 0);
  return (
    <>
      <p className="faint">
        Keys that another command has already are not taken. Those of the library's list are fixed.
      </p>
      <table className="shortcut-table" aria-label="Shortcuts">
        <tbody>
          {SCOPES.map(({ scope, title }) => (
            <Fragment key={scope}>
              <tr>
                <th colSpan={3} scope="colgroup">
                  {title}
                </th>
              </tr>
              {COMMAND_IDS.filter((id) => COMMANDS[id].scope === scope).map((id) => (
                <CommandRow key={id} id={id} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
      <p>
        <Button disabled={!changed} onClick={() => store.getState().set({ keys: {} })}>
          Reset all
        </Button>
      </p>
    </>
  );
}
