import { useEffect } from 'react';
import { useServices } from '../api/services.tsx';
import { findCommand } from '../state/commands.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable], dialog, [role="menu"]') !== null;

/** Keys that a focused control uses itself: they are not shortcuts there. */
const OWN_KEYS: Readonly<Record<string, string>> = {
  ' ': 'button, summary, [role="grid"], [role="tab"], [role="radio"], [role="switch"], [role="slider"]',
  Enter: 'button, summary, [role="grid"], [role="tab"]',
  ArrowLeft: '[role="tab"], [role="separator"], [role="columnheader"], [role="radio"], [role="treeitem"]',
  ArrowRight: '[role="tab"], [role="separator"], [role="columnheader"], [role="radio"], [role="treeitem"]',
  Home: '[role="tab"], [role="grid"], [role="listbox"]',
  End: '[role="tab"], [role="grid"], [role="listbox"]',
};

const isTaken = (event: KeyboardEvent): boolean => {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const owner = OWN_KEYS[event.key];
  return owner !== undefined && event.target instanceof Element && event.target.closest(owner) !== null;
};

const isFunctionKey = (event: KeyboardEvent): boolean => /^F\d+$/.test(event.key);

/**
 * Runs commands by their keys: those of the session on the screen first, then those of the window. Plain keys are left
 * alone while something is typed.
 */
export function useCommandKeys(): void {
  const { commands, store } = useServices();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTaken(event)) return;
      const command = event.ctrlKey || event.metaKey || isFunctionKey(event);
      if (isTyping(event.target) && (!command || document.querySelector('dialog[open]'))) return;
      const { keys } = store.getState();
      for (const scope of ['session', 'window'] as const) {
        const id = findCommand(scope, event, keys);
        if (id === null || !commands.has(id)) continue;
        event.preventDefault();
        commands.run(id);
        return;
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands, store]);
}
