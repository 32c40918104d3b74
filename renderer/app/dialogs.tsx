import { lazy, Suspense, useEffect } from 'react';
import { useWorkbench } from '../api/services.tsx';

const loadPalette = () => import('../features/palette/palette.tsx');
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const ShortcutsSheet = lazy(async () => ({
  default: (await import('../features/help/shortcuts-sheet.tsx')).ShortcutsSheet,
}));

/** After the start the palette is fetched when this long nothing else was to do, ms at most: who opens it types at once. */
const IDLE_WITHIN_MS = 5000;

/** The dialog that is open; loaded when it is first asked for, the palette when there is time. */
export function Dialogs() {
  const dialog = useWorkbench((state) => state.dialog);
  useEffect(() => {
    const idle = requestIdleCallback(() => void loadPalette(), { timeout: IDLE_WITHIN_MS });
    return () => cancelIdleCallback(idle);
  }, []);
  if (dialog === null) return null;
  return <Suspense>{dialog === 'palette' ? <Palette /> : <ShortcutsSheet />}</Suspense>;
}
