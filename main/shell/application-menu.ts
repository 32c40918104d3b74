import { Menu } from 'electron';
import { COMMAND_IDS, type CommandId, type KeyChoice } from '../../shared/ipc/commands.ts';
import { menuTemplate } from './menu-template.ts';

/** What the window says about its commands. */
export interface CommandState {
  /** Names of those that can be done now. */
  readonly available: readonly string[];
  /** Keys that a person chose instead of those in the table. */
  readonly keys: KeyChoice;
}

/** The menu of the app, kept in step with the window. */
export interface ApplicationMenu {
  update(state: CommandState): void;
}

/** Puts up the menu, with no command enabled until the window says what it can do. */
export function installMenu(options: {
  readonly development: boolean;
  readonly run: (id: CommandId) => void;
}): ApplicationMenu {
  let shown = '';
  const build = (keys: KeyChoice): void => {
    if (JSON.stringify(keys) === shown) return;
    shown = JSON.stringify(keys);
    const template = menuTemplate({ ...options, platform: process.platform, keys });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  build({});
  return {
    update: ({ available, keys }) => {
      build(keys); // the keys of an item cannot be changed, only an item with other keys be made
      const menu = Menu.getApplicationMenu();
      for (const id of COMMAND_IDS) {
        const item = menu?.getMenuItemById(id);
        if (item) item.enabled = available.includes(id);
      }
    },
  };
}
