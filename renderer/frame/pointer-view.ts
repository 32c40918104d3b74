import type { Pointer } from '../../shared/replay/pointer-track.ts';
import type { Applier } from './applier.ts';
import { elementOf, windowOffset } from './page-geometry.ts';

/** rrweb's style sheets carry a copy of every `:hover` rule under this class. */
const HOVER = ':hover';

/** Shows where the pointer was, what it hovered over and when it was pressed. */
export function createPointerView(applier: Applier): { show(pointer: Pointer | null, playing: boolean): void } {
  const cursor = applier.wrapper.querySelector<HTMLElement>('.replayer-mouse');
  let hovered: Element[] = [];
  let presses = 0;

  function hover(target: Element | null): void {
    for (const element of hovered) element.classList.remove(HOVER);
    hovered = [];
    for (let element = target; element; element = element.parentElement) {
      element.classList.add(HOVER);
      hovered.push(element);
    }
  }

  return {
    show(pointer, playing) {
      if (!cursor) return;
      cursor.hidden = pointer === null;
      if (!pointer) return hover(null);
      const node = applier.nodeOf(pointer.node);
      const offset = node ? windowOffset(node, applier.iframe) : { x: 0, y: 0 };
      cursor.style.left = `${pointer.x + offset.x}px`;
      cursor.style.top = `${pointer.y + offset.y}px`;
      cursor.classList.toggle('touch-device', pointer.touch);
      if (playing && pointer.presses > presses) {
        cursor.classList.remove('active');
        void cursor.offsetWidth; // lets the browser see the class go, so that the animation starts again
        cursor.classList.add('active');
      }
      presses = pointer.presses;
      hover(elementOf(node));
    },
  };
}
