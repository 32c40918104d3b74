import { flushSync } from 'react-dom';
import type { CommandId } from '../../shared/ipc/commands.ts';
import type { CommandRegistry } from '../state/command-registry.ts';

/** Does a command that was chosen in the application menu. A dialog that is open is left as by Escape: what is behind it cannot be worked. */
export function runFromMenu(commands: CommandRegistry, id: CommandId): void {
  const dialog = document.querySelector('dialog[open]');
  if (dialog) flushSync(() => dialog.dispatchEvent(new Event('cancel', { cancelable: true })));
  commands.run(id);
}
