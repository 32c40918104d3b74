import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useId, useRef } from 'react';
import { IconButton } from '../../../ui/button.tsx';
import { formatCount } from '../../../ui/format-count.ts';
import { formatDuration } from '../../../ui/format-duration.ts';
import type { Player } from '../player.ts';
import { SAME_MOMENT_MS } from '../signal-time.ts';
import { itemAt, type Lane, type LaneItem, neighbourOf } from './lane.ts';
import { isInView, spanOf } from './scale.ts';
import type { TimelineModel } from './timeline-model.ts';

/** One press of a zoom button or key. */
export const ZOOM_STEP = 2;

/** Zooms around the playhead where it can be seen, else around the middle. */
export function zoomAtPlayhead(model: TimelineModel, player: Player, factor: number): void {
  const { view } = model.get();
  const { atMs } = player.get();
  model.zoom(isInView(view, atMs) ? atMs : view.fromMs + spanOf(view) / 2, factor);
}

/** Keeps each lane's description at what the playhead has passed last. */
function usePassedItems(lanes: readonly Lane[], player: Player, elements: Map<string, HTMLElement>): void {
  useEffect(() => {
    const shown = new Map<string, LaneItem | undefined>();
    const show = (): void => {
      const { atMs } = player.get();
      for (const lane of lanes) {
        const item = itemAt(lane, atMs + SAME_MOMENT_MS);
        if (shown.has(lane.id) && shown.get(lane.id) === item) continue;
        shown.set(lane.id, item);
        const element = elements.get(lane.id);
        if (element) element.textContent = item ? `${formatDuration(item.atMs)} ${item.text}` : 'nothing yet';
      }
    };
    show();
    return player.subscribe(show);
  }, [lanes, player, elements]);
}

/**
 * The names of the lanes. Each is the keyboard's way through its lane: left and right go to the item before and after the
 * playhead, up and down to another lane.
 */
export function LaneNames({
  ref,
  lanes,
  model,
  player,
  onGo,
}: {
  ref: Ref<HTMLDivElement>;
  lanes: readonly Lane[];
  model: TimelineModel;
  player: Player;
  onGo: (item: LaneItem) => void;
}) {
  const id = useId();
  const elements = useRef(new Map<string, HTMLElement>());
  usePassedItems(lanes, player, elements.current);
  const step = (lane: Lane, direction: 1 | -1): void => {
    const item = neighbourOf(lane, player.get().atMs + direction * SAME_MOMENT_MS, direction);
    if (item) onGo(item);
  };
  const onKeyDown = (lane: Lane) => (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { key, currentTarget } = event;
    if (key === 'ArrowRight') step(lane, 1);
    else if (key === 'ArrowLeft') step(lane, -1);
    else if (key === 'ArrowDown') (currentTarget.nextElementSibling as HTMLElement | null)?.focus();
    else if (key === 'ArrowUp') (currentTarget.previousElementSibling as HTMLElement | null)?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div ref={ref} className="lane-names">
      <div className="ruler-tools" role="toolbar" aria-label="Zoom of the timeline">
        <IconButton
          icon={ZoomIn}
          size={14}
          label="Zoom in"
          keys="+"
          onClick={() => zoomAtPlayhead(model, player, 1 / ZOOM_STEP)}
        />
        <IconButton
          icon={ZoomOut}
          size={14}
          label="Zoom out"
          keys="-"
          onClick={() => zoomAtPlayhead(model, player, ZOOM_STEP)}
        />
        <IconButton
          icon={Maximize2}
          size={14}
          label="Show the whole session"
          keys="0"
          onClick={() => model.showAll()}
        />
      </div>
      {lanes.map((lane) => (
        <button
          key={lane.id}
          type="button"
          data-lane={lane.id}
          className={lane.items.length === 0 ? 'lane-name lane-empty' : 'lane-name'}
          aria-label={`Lane ${lane.label} ${lane.items.length === 0 ? '–, nothing recorded' : formatCount(lane.items.length)}`}
          aria-describedby={`${id}-${lane.id}`}
          title={lane.items.length === 0 ? `${lane.label}: nothing recorded` : 'Next on this lane'}
          onClick={() => step(lane, 1)}
          onKeyDown={onKeyDown(lane)}
        >
          <span className="truncate">{lane.label}</span>{' '}
          <span className="lane-count">{lane.items.length === 0 ? '–' : formatCount(lane.items.length)}</span>
          <span
            id={`${id}-${lane.id}`}
            className="visually-hidden"
            ref={(element) => {
              if (element) elements.current.set(lane.id, element);
              else elements.current.delete(lane.id);
            }}
          />
        </button>
      ))}
    </div>
  );
}
