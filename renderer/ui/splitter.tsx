import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import './splitter.css';

/** Px an arrow key moves a splitter. */
const KEY_STEP = 16;

/**
 * The bar between two panes. It changes the size of the pane behind it (right of it, or below it); `size` is in px.
 * Arrow keys move it, double click resets it.
 */
export function Splitter({
  label,
  axis,
  size,
  min,
  max,
  initial,
  onSize,
}: {
  label: string;
  /** `x`: a vertical bar that moves sideways. */
  axis: 'x' | 'y';
  size: number;
  min: number;
  max: number;
  initial: number;
  onSize: (size: number) => void;
}) {
  const drag = useRef<{ from: number; size: number } | null>(null);
  const to = (next: number): void => onSize(Math.round(Math.min(max, Math.max(min, next))));
  const position = (event: PointerEvent): number => (axis === 'x' ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent): void => {
    const [grow, shrink] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key !== grow && event.key !== shrink) return;
    event.preventDefault();
    event.stopPropagation();
    to(size + (event.key === grow ? KEY_STEP : -KEY_STEP));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved; this is the ARIA pattern of a window splitter
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={max}
      className={`splitter splitter-${axis}`}
      onKeyDown={onKeyDown}
      onDoubleClick={() => to(initial)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { from: position(event), size };
      }}
      onPointerMove={(event) => {
        if (drag.current) to(drag.current.size - (position(event) - drag.current.from));
      }}
      onLostPointerCapture={() => {
        drag.current = null;
      }}
    />
  );
}
