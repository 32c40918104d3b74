import type { Pointer, TrailPoint } from '../../shared/replay/pointer-track.ts';
import type { Applier } from './applier.ts';
import { elementOf, windowOffset } from './page-geometry.ts';

/** rrweb's style sheets carry a copy of every `:hover` rule under this class. */
const HOVER = ':hover';

/** Shows where the pointer was, what it hovered over and when it was pressed. */
export interface PointerView {
  show(pointer: Pointer | null, trail: readonly TrailPoint[], playing: boolean): void;
  /** Whether the way it came is drawn behind the pointer. */
  drawTrail(on: boolean): void;
}

const SVG = 'http://www.w3.org/2000/svg';

export function createPointerView(applier: Applier): PointerView {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('class', 'tf-trail');
  const line = document.createElementNS(SVG, 'polyline');
  drawing.append(line);
  applier.wrapper.append(drawing);
  let isDrawn = false;
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
    drawTrail(on) {
      isDrawn = on;
      if (!on) line.setAttribute('points', '');
    },
    show(pointer, trail, playing) {
      if (!cursor) return;
      cursor.hidden = pointer === null;
      if (!pointer) {
        line.setAttribute('points', '');
        return hover(null);
      }
      const node = applier.nodeOf(pointer.node);
      const offset = node ? windowOffset(node, applier.iframe) : { x: 0, y: 0 };
      cursor.style.left = `${pointer.x + offset.x}px`;
      cursor.style.top = `${pointer.y + offset.y}px`;
      if (isDrawn) {
        line.setAttribute('points', trail.map(({ x, y }) => `${x + offset.x},${y + offset.y}`).join(' '));
      }
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
