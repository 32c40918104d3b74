import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import { useAttempt, useServices, useWorkbench } from '../api/services.tsx';
import type { Theme } from '../state/saved.ts';

const MORE_CONTRAST = '(prefers-contrast: more)';

const subscribe = (listener: () => void): (() => void) => {
  const query = matchMedia(MORE_CONTRAST);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** The scheme a theme is drawn in; the shell needs it too, because the window's frame and its menus are the system's. */
const schemeOf = (theme: Theme): 'system' | 'light' | 'dark' => {
  if (theme === 'system') return 'system';
  return theme === 'light' || theme === 'contrast-light' ? 'light' : 'dark';
};

/** Puts what was chosen under "Appearance" on the page, and what is the shell's to the shell. */
export function useAppearance(): void {
  const { shell } = useServices();
  const attempt = useAttempt();
  const theme = useWorkbench((state) => state.theme);
  const motion = useWorkbench((state) => state.motion);
  const percent = useWorkbench((state) => state.textPercent);
  const wantsContrast = useSyncExternalStore(subscribe, () => matchMedia(MORE_CONTRAST).matches);
  const scheme = schemeOf(theme);
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.theme = scheme;
    dataset.contrast = wantsContrast || theme.startsWith('contrast') ? 'more' : 'normal';
    dataset.motion = motion;
  }, [theme, scheme, wantsContrast, motion]);
  useEffect(() => {
    void attempt('The window frame kept its colours.', () => shell.call('theme.set', { theme: scheme }));
  }, [attempt, shell, scheme]);
  useEffect(() => {
    void attempt('The text kept its size.', () => shell.call('zoom.set', { percent }));
  }, [attempt, shell, percent]);
}
