import { type RefObject, useEffect, useRef } from 'react';
import { show } from './arrange.ts';
import type { DockArrangement } from './arrangement.ts';
import { usePanel } from './panel-context.ts';
import type { PanelHosts } from './panel-hosts.ts';

/**
 * Keeps the focus and the active panel together. What gets the focus or a click makes its panel the active one; and when
 * another panel becomes active while the focus is in one that is not, or nowhere, it goes to where it last was in there.
 */
export function usePanelFocus(
  layer: RefObject<HTMLElement | null>,
  hosts: PanelHosts,
  arrangement: DockArrangement,
  onArrange: (next: DockArrangement) => void,
): void {
  const latest = useRef({ arrangement, onArrange });
  useEffect(() => {
    latest.current = { arrangement, onArrange };
  }, [arrangement, onArrange]);
  const last = useRef(new Map<string, HTMLElement>());
  useEffect(() => {
    const box = layer.current;
    if (!box) return;
    // Not React's events: those of a portal pass by its place in the document.
    const activate = ({ type, target }: Event): void => {
      const id = target instanceof HTMLElement ? hosts.holding(target) : undefined;
      if (id === undefined) return;
      if (type === 'focusin') last.current.set(id, target as HTMLElement);
      const { arrangement: now, onArrange: tell } = latest.current;
      if (id !== now.active) tell(show(now, id));
    };
    for (const type of ['focusin', 'pointerdown']) box.addEventListener(type, activate);
    return () => {
      for (const type of ['focusin', 'pointerdown']) box.removeEventListener(type, activate);
    };
  }, [layer, hosts]);

  const { active } = arrangement;
  const outerActive = usePanel().active;
  const before = useRef(active);
  useEffect(() => {
    if (before.current === active || active === null) return;
    before.current = active;
    const focused = document.activeElement;
    const elsewhere = focused !== null && layer.current?.contains(focused) && hosts.holding(focused) !== active;
    if (!outerActive || !(elsewhere || focused === null || focused === document.body)) return;
    const known = last.current.get(active);
    const target = known?.isConnected && known.checkVisibility() ? known : hosts.of(active).content;
    target.focus({ preventScroll: true });
  }, [active, outerActive, hosts, layer]);
}
