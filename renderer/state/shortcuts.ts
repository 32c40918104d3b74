/** Where a shortcut works. `library` are the keys of the list, which reads them itself. */
export type ShortcutScope = 'window' | 'library' | 'session';

/** One shortcut. Chords are written as people say them; `Ctrl` stands for Cmd on a Mac, `/` between two is "or". */
export interface Shortcut {
  readonly scope: ShortcutScope;
  readonly keys: readonly string[];
  readonly label: string;
}

/** Every shortcut there is: the sheet behind `?` lists this table, and the handlers look keys up in it. */
export const SHORTCUTS = {
  openRecording: { scope: 'window', keys: ['Ctrl+O'], label: 'Open a recording' },
  search: { scope: 'window', keys: ['Ctrl+F', '/'], label: 'Search the library' },
  servers: { scope: 'window', keys: ['Ctrl+Shift+S'], label: 'Servers' },
  nextTab: { scope: 'window', keys: ['Ctrl+Tab', 'Ctrl+PageDown'], label: 'Next tab' },
  previousTab: { scope: 'window', keys: ['Ctrl+Shift+Tab', 'Ctrl+PageUp'], label: 'Previous tab' },
  closeTab: { scope: 'window', keys: ['Ctrl+W'], label: 'Close the session tab' },
  shortcuts: { scope: 'window', keys: ['?'], label: 'This list' },

  move: { scope: 'library', keys: ['ArrowUp', 'ArrowDown'], label: 'Previous or next row' },
  extend: { scope: 'library', keys: ['Shift+ArrowUp', 'Shift+ArrowDown'], label: 'Extend the selection' },
  toggleRow: { scope: 'library', keys: ['Space'], label: 'Add the row to the selection, or take it away' },
  selectAll: { scope: 'library', keys: ['Ctrl+A'], label: 'Select all' },
  open: { scope: 'library', keys: ['Enter'], label: 'Open the session' },
  delete: { scope: 'library', keys: ['Delete'], label: 'Delete the local copy' },
  tag: { scope: 'library', keys: ['T'], label: 'Tag the selection' },
  pin: { scope: 'library', keys: ['P'], label: 'Pin the selection, or unpin it' },
  preview: { scope: 'library', keys: ['I'], label: 'Show or hide the preview' },
  undo: { scope: 'library', keys: ['Ctrl+Z'], label: 'Undo the last change' },

  playPause: { scope: 'session', keys: ['Space', 'K'], label: 'Play or pause' },
  back: { scope: 'session', keys: ['J'], label: 'Run backwards; again for faster' },
  faster: { scope: 'session', keys: ['L'], label: 'Play; again for faster' },
  stepBack: { scope: 'session', keys: ['ArrowLeft'], label: 'Back 1 s' },
  stepForward: { scope: 'session', keys: ['ArrowRight'], label: 'Forward 1 s' },
  previousEvent: { scope: 'session', keys: ['['], label: 'Previous event' },
  nextEvent: { scope: 'session', keys: [']'], label: 'Next event' },
  previousStep: { scope: 'session', keys: [','], label: 'Previous recorded event' },
  nextStep: { scope: 'session', keys: ['.'], label: 'Next recorded event' },
  toStart: { scope: 'session', keys: ['Home'], label: 'To the start' },
  toEnd: { scope: 'session', keys: ['End'], label: 'To the end' },
  skipInactivity: { scope: 'session', keys: ['S'], label: 'Skip inactivity' },
  zoomIn: { scope: 'session', keys: ['+', '='], label: 'Zoom into the timeline' },
  zoomOut: { scope: 'session', keys: ['-'], label: 'Zoom out of the timeline' },
  zoomAll: { scope: 'session', keys: ['0'], label: 'Show the whole session' },
  panBack: { scope: 'session', keys: ['Shift+ArrowLeft'], label: 'Pan the timeline back' },
  panForward: { scope: 'session', keys: ['Shift+ArrowRight'], label: 'Pan the timeline forward' },
  rangeStart: { scope: 'session', keys: ['I'], label: 'Range from the playhead' },
  rangeEnd: { scope: 'session', keys: ['O'], label: 'Range to the playhead' },
  loop: { scope: 'session', keys: ['R'], label: 'Loop the range, or the session' },
  clearRange: { scope: 'session', keys: ['Escape'], label: 'Clear the range' },
  fit: { scope: 'session', keys: ['F'], label: 'Fit the page, or show it at 100 %' },
  fullScreen: { scope: 'session', keys: ['Shift+F'], label: 'Full screen' },
} as const satisfies Readonly<Record<string, Shortcut>>;

/** Name of a shortcut. */
export type ShortcutId = keyof typeof SHORTCUTS;

/** Names of the shortcuts of one scope: a handler table over them must be complete. */
export type ShortcutIdOf<S extends ShortcutScope> = {
  [K in ShortcutId]: (typeof SHORTCUTS)[K]['scope'] extends S ? K : never;
}[ShortcutId];

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

/** The shortcut of a scope that was pressed. */
export function findShortcut<S extends ShortcutScope>(scope: S, press: ChordPress): ShortcutIdOf<S> | null {
  const chord = chordOf(press);
  for (const [id, shortcut] of Object.entries<Shortcut>(SHORTCUTS)) {
    if (shortcut.scope === scope && shortcut.keys.includes(chord)) return id as ShortcutIdOf<S>;
  }
  return null;
}
