import {
  COMMAND_IDS,
  COMMANDS,
  type CommandId,
  type CommandScope,
  type KeyChoice,
  keysOf,
} from '../../shared/ipc/commands.ts';

/** Whether a person can choose other keys for it: those of a list belong to the list. */
export const canChange = (id: CommandId): boolean => COMMANDS[id].scope !== 'library';

/** The parts of a keyboard event that matter here. */
export interface ChordPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * How a press is written in the table: `Ctrl+Shift+S`. Of a sign such as `?` or `[` only the sign counts, because
 * keyboards differ in whether it takes Shift or AltGr (which arrives as Ctrl and Alt together).
 */
export function chordOf(press: ChordPress): string {
  const key = press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const named = key.length > 1 || /[A-Z]/.test(key);
  const command = press.ctrlKey || press.metaKey;
  if (!named && press.altKey) return key;
  return `${command ? 'Ctrl+' : ''}${press.altKey ? 'Alt+' : ''}${press.shiftKey && named ? 'Shift+' : ''}${key}`;
}

/** The command of a scope that was pressed. */
export function findCommand(scope: CommandScope, press: ChordPress, choice: KeyChoice): CommandId | null {
  const chord = chordOf(press);
  return COMMAND_IDS.find((id) => COMMANDS[id].scope === scope && keysOf(id, choice).includes(chord)) ?? null;
}

/** Commands that would answer to `chord` where `id` does: the others with that chord in its scope, or in the window's. */
export function conflictsOf(id: CommandId, chord: string, choice: KeyChoice): readonly CommandId[] {
  const { scope } = COMMANDS[id];
  return COMMAND_IDS.filter((other) => {
    const theirs = COMMANDS[other].scope;
    const meet = theirs === scope || theirs === 'window' || scope === 'window';
    return other !== id && meet && keysOf(other, choice).includes(chord);
  });
}
