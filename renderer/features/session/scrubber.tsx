import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { formatDuration } from '../../ui/format-duration.ts';
import type { Player } from './player.ts';
import { type MarkMeaning, placeMarks } from './signal-time.ts';
import { usePlayer } from './use-player.ts';

/** Places for marks: about one for each 2 px of a usual width. */
const SLOTS = 480;

/** The time line under the replay: drag to seek; marks show where something happened. */
export function Scrubber({
  player,
  durationMs,
  moments,
}: {
  player: Player;
  durationMs: number;
  moments: readonly { readonly atMs: number; readonly meaning: MarkMeaning }[];
}) {
  const track = useRef<HTMLDivElement>(null);
  const dragging = useRef(false);
  const [hover, setHover] = useState<{ share: number } | null>(null);
  const ready = usePlayer(player, (state) => state.durationMs !== null);
  const marks = useMemo(() => placeMarks(moments, durationMs, SLOTS), [moments, durationMs]);

  // The playhead moves with every frame on the screen, so it goes around React.
  useEffect(() => {
    const show = (): void => {
      const { atMs } = player.get();
      const share = durationMs <= 0 ? 0 : Math.min(1, atMs / durationMs);
      const element = track.current;
      element?.style.setProperty('--played', String(share));
      element?.setAttribute('aria-valuenow', String(Math.floor(atMs / 1000)));
      element?.setAttribute('aria-valuetext', formatDuration(atMs));
    };
    show();
    return player.subscribe(show);
  }, [player, durationMs]);

  const shareAt = (event: PointerEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  return (
    <div
      ref={track}
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={Math.floor(durationMs / 1000)}
      aria-valuenow={0}
      aria-disabled={!ready}
      className="scrubber"
      onPointerDown={(event) => {
        if (!ready || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragging.current = true;
        player.seek(shareAt(event) * durationMs);
      }}
      onPointerMove={(event) => {
        const share = shareAt(event);
        setHover({ share });
        if (dragging.current) player.seek(share * durationMs);
      }}
      onLostPointerCapture={() => {
        dragging.current = false;
      }}
      onPointerLeave={() => setHover(null)}
    >
      <svg className="marks" viewBox={`0 0 ${SLOTS} 8`} preserveAspectRatio="none" aria-hidden="true">
        {marks.map(({ slot, meaning }) => (
          <rect
            key={slot}
            x={slot}
            width={1}
            y={meaning === 'page' || meaning === 'click' ? 4 : 0}
            height={8}
            className={`mark-${meaning}`}
          />
        ))}
      </svg>
      <div className="track">
        <div className="track-played" />
      </div>
      <div className="playhead" aria-hidden />
      {hover && (
        <output className="scrub-time" aria-hidden style={{ left: `${hover.share * 100}%` }}>
          {formatDuration(hover.share * durationMs)}
        </output>
      )}
    </div>
  );
}
