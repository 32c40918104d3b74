import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { acceleratorOf } from '../../../main/shell/accelerator.ts';
import { type MenuPlace, menuTemplate } from '../../../main/shell/menu-template.ts';
import { COMMAND_IDS, COMMANDS } from '../../../shared/ipc/commands.ts';

/** Commands that only make sense with the list in hand. */
const OF_THE_LIST = ['move', 'extend', 'toggleRow', 'selectAll', 'open'];

const PLATFORMS = ['linux', 'win32', 'darwin'] as const;

const itemsFor = (part: Partial<MenuPlace>): MenuItemConstructorOptions[] =>
  menuTemplate({ platform: 'linux', development: false, keys: {}, run: () => undefined, ...part }).flatMap(
    ({ submenu }) => submenu as MenuItemConstructorOptions[],
  );
const itemOf = (id: string, part: Partial<MenuPlace> = {}) => itemsFor(part).find((item) => item.id === id);

describe('the application menu', () => {
  it.each(PLATFORMS)('has every command once, in the words of the table, on %s', (platform) => {
    const items = itemsFor({ platform }).filter(({ id }) => id !== undefined);
    expect(items.map(({ id }) => id).sort()).toEqual(COMMAND_IDS.filter((id) => !OF_THE_LIST.includes(id)).sort());
    for (const { id, label } of items) expect(label).toBe(COMMANDS[id as keyof typeof COMMANDS].label);
  });
  it('says the keys a person chose, and leaves pressing them to the window', () => {
    expect(itemOf('goLive')).toMatchObject({ accelerator: 'CommandOrControl+2', registerAccelerator: false });
    expect(itemOf('goLive', { keys: { goLive: ['Ctrl+Alt+L'] } })).toMatchObject({
      accelerator: 'CommandOrControl+Alt+L',
      registerAccelerator: false,
    });
    expect(itemOf('goLive', { keys: { goLive: ['nonsense'] } })).not.toHaveProperty('accelerator');
  });
  it('takes no key on a Mac that is typed or belongs to the list', () => {
    for (const id of ['playPause', 'undo', 'shortcuts', 'fullScreen'])
      expect(itemOf(id, { platform: 'darwin' }), id).not.toHaveProperty('accelerator');
    expect(itemOf('palette', { platform: 'darwin' })).toHaveProperty('accelerator', 'CommandOrControl+K');
    expect(itemOf('nextGroup', { platform: 'darwin' })).toHaveProperty('accelerator', 'F6');
  });
  it('does what was clicked in the window', () => {
    const ran: string[] = [];
    const click = itemOf('syncAll', { run: (id) => ran.push(id) })?.click as () => void;
    click();
    expect(ran).toEqual(['syncAll']);
  });
  it('has tools for developers only in development', () => {
    const roles = (development: boolean) => itemsFor({ development }).map(({ role }) => role);
    expect(roles(true)).toContain('toggleDevTools');
    expect(roles(false)).not.toContain('toggleDevTools');
  });
});

describe('an accelerator', () => {
  it('says every chord of the table', () => {
    const unsaid = COMMAND_IDS.flatMap((id) => COMMANDS[id].keys).filter((chord) => acceleratorOf(chord) === undefined);
    expect(unsaid).toEqual([]);
  });
  it('has the words of the system', () => {
    expect(acceleratorOf('Ctrl++')).toBe('CommandOrControl+Plus');
    expect(acceleratorOf('Ctrl+Shift+ArrowLeft')).toBe('CommandOrControl+Shift+Left');
    expect(acceleratorOf('Ctrl+\\')).toBe('CommandOrControl+\\');
    expect(acceleratorOf('+')).toBe('Plus');
    expect(acceleratorOf('Ctrl+')).toBeUndefined();
    expect(acceleratorOf('Ctrl+Ä')).toBeUndefined();
  });
});
