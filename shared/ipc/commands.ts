/** Where a command works. Those of `library` are the keys of the list, which reads them itself. */
export type CommandScope = 'window' | 'library' | 'session';

/** One thing a person can do. Chords are written as people say them; `Ctrl` stands for Cmd on a Mac. */
export interface Command {
  readonly scope: CommandScope;
  /** The chords it comes with; a person may choose others. */
  readonly keys: readonly string[];
  /** What it does, in the words of the palette and of the list of shortcuts. */
  readonly label: string;
}

/**
 * Every command there is. The application menu, the palette, the list behind `?`, the settings and the handlers all read
 * this table. Commands of the window come first in the palette.
 */
export const COMMANDS = {
  palette: { scope: 'window', keys: ['Ctrl+K', 'F1'], label: 'Search commands and sessions' },
  openRecording: { scope: 'window', keys: ['Ctrl+O'], label: 'Open a recording' },
  exploreDemo: { scope: 'window', keys: [], label: 'Explore the demo workspace' },
  syncAll: { scope: 'window', keys: ['Ctrl+Shift+Y'], label: 'Sync with every server' },
  search: { scope: 'window', keys: ['Ctrl+F', '/'], label: 'Search the library, or the session in front' },

  goLibrary: { scope: 'window', keys: ['Ctrl+1'], label: 'Go to the library' },
  goLive: { scope: 'window', keys: ['Ctrl+2'], label: 'Go to live sessions' },
  goInsights: { scope: 'window', keys: ['Ctrl+3'], label: 'Go to insights' },
  goFindings: { scope: 'window', keys: ['Ctrl+4'], label: 'Go to findings' },
  goQuery: { scope: 'window', keys: ['Ctrl+5'], label: 'Go to queries' },
  settings: { scope: 'window', keys: ['Ctrl+,'], label: 'Open the settings' },
  servers: { scope: 'window', keys: ['Ctrl+Shift+S'], label: 'Open the servers' },

  nextTab: { scope: 'window', keys: ['Ctrl+Tab', 'Ctrl+PageDown'], label: 'Next tab' },
  previousTab: { scope: 'window', keys: ['Ctrl+Shift+Tab', 'Ctrl+PageUp'], label: 'Previous tab' },
  closeTab: { scope: 'window', keys: ['Ctrl+W'], label: 'Close the tab' },
  closeOtherTabs: { scope: 'window', keys: ['Ctrl+Alt+W'], label: 'Close the other tabs' },
  reopenTab: { scope: 'window', keys: ['Ctrl+Shift+T'], label: 'Open the closed session again' },
  splitRight: { scope: 'window', keys: ['Ctrl+\\'], label: 'Split: move the tab to the right' },
  splitDown: { scope: 'window', keys: ['Ctrl+Alt+D'], label: 'Split: move the tab down' },
  moveTabOn: { scope: 'window', keys: ['Ctrl+Alt+ArrowRight'], label: 'Move the tab to the next group' },
  moveTabBack: { scope: 'window', keys: ['Ctrl+Alt+ArrowLeft'], label: 'Move the tab to the previous group' },
  nextGroup: { scope: 'window', keys: ['F6'], label: 'Next group of tabs' },
  previousGroup: { scope: 'window', keys: ['Shift+F6'], label: 'Previous group of tabs' },
  wider: { scope: 'window', keys: ['Alt+Shift+ArrowRight'], label: 'Make the group wider' },
  narrower: { scope: 'window', keys: ['Alt+Shift+ArrowLeft'], label: 'Make the group narrower' },
  taller: { scope: 'window', keys: ['Alt+Shift+ArrowDown'], label: 'Make the group taller' },
  lower: { scope: 'window', keys: ['Alt+Shift+ArrowUp'], label: 'Make the group lower' },

  textLarger: { scope: 'window', keys: ['Ctrl+=', 'Ctrl++'], label: 'Larger text' },
  textSmaller: { scope: 'window', keys: ['Ctrl+-'], label: 'Smaller text' },
  textReset: { scope: 'window', keys: ['Ctrl+0'], label: 'Text at its first size' },
  nextTheme: { scope: 'window', keys: ['Ctrl+Alt+T'], label: 'Next theme' },
  notifications: { scope: 'window', keys: ['Ctrl+Alt+N'], label: 'Show the notifications' },
  shortcuts: { scope: 'window', keys: ['?'], label: 'List the keyboard shortcuts' },

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
  followLive: { scope: 'session', keys: ['Shift+End'], label: 'Follow the running session live, or stop' },
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
} as const satisfies Readonly<Record<string, Command>>;

/** Name of a command. */
export type CommandId = keyof typeof COMMANDS;

/** Names of the commands of one scope. */
export type CommandIdOf<S extends CommandScope> = {
  [K in CommandId]: (typeof COMMANDS)[K]['scope'] extends S ? K : never;
}[CommandId];

/** Ids of all commands, in the order of the table. */
export const COMMAND_IDS = Object.keys(COMMANDS) as readonly CommandId[];

/** Whether a text is the name of a command. */
export const isCommandId = (id: string): id is CommandId => Object.hasOwn(COMMANDS, id);

/** The chords a person chose instead of those in the table. */
export type KeyChoice = Readonly<Record<string, readonly string[]>>;

/** The chords of a command as they are now. */
export const keysOf = (id: CommandId, choice: KeyChoice): readonly string[] => choice[id] ?? COMMANDS[id].keys;
