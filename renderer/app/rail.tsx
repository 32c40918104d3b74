import { Keyboard, Library, Monitor, Moon, ServerCog, Sun } from 'lucide-react';
import { useAttempt, useServices, useWorkbench } from '../api/services.tsx';
import type { Theme } from '../state/saved.ts';
import { activeTab } from '../state/tabs.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';

const THEMES: readonly { readonly theme: Theme; readonly label: string }[] = [
  { theme: 'system', label: 'As the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];
const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** Colours of the window; the shell is told too, because the window's frame and its menus are the system's. */
function ThemeMenu() {
  const { shell } = useServices();
  const attempt = useAttempt();
  const theme = useWorkbench((state) => state.theme);
  const set = useWorkbench((state) => state.set);
  const Icon = THEME_ICONS[theme];
  return (
    <Menu
      label="Colours"
      side="right"
      trigger={
        <button type="button" className="icon-button" aria-label="Colours" title="Colours">
          <Icon size={20} aria-hidden />
        </button>
      }
      items={THEMES.map((entry) => ({
        label: entry.label,
        checked: entry.theme === theme,
        oneOf: true,
        run: () => {
          set({ theme: entry.theme });
          void attempt('The window frame kept its colours.', () => shell.call('theme.set', { theme: entry.theme }));
        },
      }))}
    />
  );
}

/** The activity rail: one icon for each place there is. */
export function Rail() {
  const active = useWorkbench((state) => activeTab(state.tabs));
  const dialog = useWorkbench((state) => state.dialog);
  const openTab = useWorkbench((state) => state.openTab);
  const set = useWorkbench((state) => state.set);
  return (
    <nav className="rail" aria-label="Places">
      <IconButton
        icon={Library}
        label="Library"
        side="right"
        size={20}
        aria-current={active === 'library' ? 'page' : undefined}
        onClick={() => openTab('library')}
      />
      <IconButton
        icon={ServerCog}
        label="Servers"
        keys="Ctrl+Shift+S"
        side="right"
        size={20}
        aria-haspopup="dialog"
        aria-expanded={dialog === 'servers'}
        onClick={() => set({ dialog: 'servers' })}
      />
      <span className="rail-space" />
      <ThemeMenu />
      <IconButton
        icon={Keyboard}
        label="Keyboard shortcuts"
        keys="?"
        side="right"
        size={20}
        aria-haspopup="dialog"
        aria-expanded={dialog === 'shortcuts'}
        onClick={() => set({ dialog: 'shortcuts' })}
      />
    </nav>
  );
}
