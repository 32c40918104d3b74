const NAMED: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
  '+': 'Plus',
};
const KEY =
  /^(?:[A-Z0-9]|F\d{1,2}|[!-/:-@[-`{-~]|Up|Down|Left|Right|Esc|Plus|Space|Tab|Enter|Home|End|PageUp|PageDown|Delete|Backspace|Insert)$/;
const MODIFIERS: Readonly<Record<string, string>> = { Ctrl: 'CommandOrControl', Alt: 'Alt', Shift: 'Shift' };

/** A chord as the table of commands writes it (`Ctrl+Shift+S`) in the words of the system's menus; undefined for one they have no words for. */
export function acceleratorOf(chord: string): string | undefined {
  const held = /^(?:(?:Ctrl|Alt|Shift)\+)*/.exec(chord)?.[0] ?? '';
  const name = chord.slice(held.length);
  const key = NAMED[name] ?? name;
  if (!KEY.test(key)) return undefined;
  return [...held.split('+').flatMap((modifier) => MODIFIERS[modifier] ?? []), key].join('+');
}
