import type { MenuItemConstructorOptions } from 'electron';
import { COMMANDS, type CommandId, type KeyChoice, keysOf } from '../../shared/ipc/commands.ts';
import { acceleratorOf } from './accelerator.ts';

/** What the menu is made for. */
export interface MenuPlace {
  readonly platform: NodeJS.Platform;
  /** Whether the developer's items are there: reload, tools. */
  readonly development: boolean;
  /** The keys a person chose instead of those in the table. */
  readonly keys: KeyChoice;
  /** Does a command in the window. */
  readonly run: (id: CommandId) => void;
}

/** Items that belong together: commands by their names, and what is the platform's own. */
type Group = readonly (CommandId | MenuItemConstructorOptions)[];

const APP: readonly Group[] = [
  [{ role: 'about' }],
  ['settings'],
  [{ role: 'services' }],
  [{ role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }],
  [{ role: 'quit' }],
];
const FILE: readonly Group[] = [
  ['openRecording', 'exploreDemo'],
  ['servers', 'syncAll'],
  ['closeTab', 'closeOtherTabs', 'reopenTab'],
];
const EDIT: readonly Group[] = [
  [{ role: 'undo' }, { role: 'redo' }],
  [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  ['search'],
];
const VIEW: readonly Group[] = [
  ['palette'],
  ['goLibrary', 'goLive', 'goInsights', 'goFindings', 'goQuery'],
  ['nextTheme', 'textLarger', 'textSmaller', 'textReset'],
  ['notifications'],
  [{ role: 'togglefullscreen', label: 'Window without a frame' }],
];
const LIBRARY: readonly Group[] = [['tag', 'pin', 'delete'], ['preview'], ['undo']];
const SESSION: readonly Group[] = [
  ['playPause', 'back', 'faster'],
  [
    'stepBack',
    'stepForward',
    'previousEvent',
    'nextEvent',
    'previousStep',
    'nextStep',
    'toStart',
    'toEnd',
    'followLive',
  ],
  ['skipInactivity', 'loop'],
  ['rangeStart', 'rangeEnd', 'clearRange'],
  ['zoomIn', 'zoomOut', 'zoomAll', 'panBack', 'panForward'],
  ['fit', 'fullScreen'],
];
const WINDOW: readonly Group[] = [
  ['nextTab', 'previousTab'],
  ['splitRight', 'splitDown', 'moveTabOn', 'moveTabBack'],
  ['nextGroup', 'previousGroup'],
  ['wider', 'narrower', 'taller', 'lower'],
  [{ role: 'minimize' }, { role: 'zoom' }],
];

const menus = (mac: boolean, development: boolean): readonly (readonly [label: string, groups: readonly Group[]])[] => [
  ...(mac ? [['TRACEFLOW', APP] as const] : []),
  ['File', mac ? FILE : [...FILE, ['settings'], [{ role: 'quit' }]]],
  ['Edit', EDIT],
  ['View', development ? [...VIEW, [{ role: 'reload' }, { role: 'toggleDevTools' }]] : VIEW],
  ['Library', LIBRARY],
  ['Session', SESSION],
  ['Window', WINDOW],
  ['Help', mac ? [['shortcuts']] : [['shortcuts'], [{ role: 'about' }]]],
];

/**
 * Keys are the window's: it hears them first, and the menu only says them. On a Mac a menu takes every key it shows; so
 * there it shows none that are typed or that belong to a list.
 */
function keyOf(id: CommandId, { platform, keys }: MenuPlace): MenuItemConstructorOptions {
  const accelerator = acceleratorOf(keysOf(id, keys)[0] ?? '');
  if (accelerator === undefined) return {};
  const typed = !/^(?:CommandOrControl|Alt)\+|F\d/.test(accelerator);
  if (platform === 'darwin' && (typed || COMMANDS[id].scope === 'library')) return {};
  return { accelerator, registerAccelerator: false };
}

/** The application menu: every command of the table at its place, and what the platform expects (edit, window, quit). No command is enabled yet. */
export function menuTemplate(place: MenuPlace): MenuItemConstructorOptions[] {
  const itemOf = (entry: Group[number]): MenuItemConstructorOptions =>
    typeof entry === 'string'
      ? {
          id: entry,
          label: COMMANDS[entry].label,
          enabled: false,
          ...keyOf(entry, place),
          click: () => place.run(entry),
        }
      : entry;
  return menus(place.platform === 'darwin', place.development).map(([label, groups]) => ({
    label,
    submenu: groups.flatMap((group, index) => [
      ...(index > 0 ? [{ type: 'separator' } as const] : []),
      ...group.map(itemOf),
    ]),
  }));
}
