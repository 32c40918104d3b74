import { useEffect, useRef } from 'react';
import { findShortcut, type ShortcutIdOf, type ShortcutScope } from './shortcuts.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable], dialog, [role="menu"]') !== null;

/** Keys that a focused control uses itself: they are not shortcuts there. */
const OWN_KEYS: Readonly<Record<string, string>> = {
  ' ': 'button, summary, [role="grid"]',
  Enter: 'button, summary, [role="grid"]',
  ArrowLeft: '[role="tab"], [role="separator"], [role="columnheader"]',
  ArrowRight: '[role="tab"], [role="separator"], [role="columnheader"]',
  Home: '[role="tab"], [role="grid"], [role="listbox"]',
  End: '[role="tab"], [role="grid"], [role="listbox"]',
};

const isTaken = (event: KeyboardEvent): boolean => {
  const owner = OWN_KEYS[event.key];
  return owner !== undefined && event.target instanceof Element && event.target.closest(owner) !== null;
};

/** Runs the shortcuts of a scope while `active`. Keys without Ctrl are left alone while something is typed. */
export function useShortcuts<S extends ShortcutScope>(
  scope: S,
  handlers: Readonly<Record<ShortcutIdOf<S>, () => void>>,
  active = true,
): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  }, [handlers]);
  useEffect(() => {
    if (!active) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTaken(event)) return;
      const command = event.ctrlKey || event.metaKey;
      if (isTyping(event.target) && (!command || document.querySelector('dialog[open]'))) return;
      const id = findShortcut(scope, event);
      if (id === null) return;
      event.preventDefault();
      latest.current[id]();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [scope, active]);
}
