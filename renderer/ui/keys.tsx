/** Signs that are printed on keys instead of their names. */
const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

const onTheKey = (chord: string): string => chord.replace(/Arrow\w+$/, (name) => SIGNS[name] ?? name);

/** A shortcut as key caps, nothing where there is none. `keys` is written as in the table of shortcuts, alternatives separated by a space. */
export const Keys = ({ keys }: { keys: string }) =>
  keys === '' ? null : (
    <span className="keys">
      {keys.split(' ').map((chord) => (
        <kbd key={chord}>{onTheKey(chord)}</kbd>
      ))}
    </span>
  );
