import { ChevronsRight, Expand, FastForward, Pause, Play, Rewind, Shrink, X } from 'lucide-react';
import { useWorkbench } from '../../api/services.tsx';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatDuration, formatGap } from '../../ui/format-duration.ts';
import { Menu } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { type Player, SPEEDS } from './player.ts';
import { type SessionModel, useTimeline } from './session-model.ts';
import { usePlayer } from './use-player.ts';

/** Tenths of a second are what is shown, so that is how often this renders. */
function Clock({ player, durationMs }: { player: Player; durationMs: number }) {
  const at = usePlayer(player, (state) => formatDuration(state.atMs));
  return (
    <span className="clock">
      <time className="clock-now">{at}</time>
      <span className="faint"> / {formatDuration(durationMs)}</span>
    </span>
  );
}

/** The stretch that was chosen on the timeline, and the way back to all. */
function RangeChip({ session: { timeline } }: { session: SessionModel }) {
  const range = useTimeline(timeline, (state) => state.range);
  if (!range) return null;
  return (
    <span className="range-chip">
      {formatDuration(range.fromMs)} – {formatDuration(range.toMs)}
      <span className="faint">{formatGap(range.toMs - range.fromMs)}</span>
      <IconButton
        icon={X}
        label="Clear the range"
        keys="Escape"
        side="top"
        size={14}
        onClick={() => timeline.select(null)}
      />
    </span>
  );
}

/** Play, steps, speed and the rest, in one row over the timeline. */
export function PlayerControls({ session, durationMs }: { session: SessionModel; durationMs: number }) {
  const { player } = session;
  const playing = usePlayer(player, (state) => state.playing);
  const ready = usePlayer(player, (state) => state.durationMs !== null);
  const speed = usePlayer(player, (state) => state.speed);
  const skip = usePlayer(player, (state) => state.skipInactivity);
  const fit = useWorkbench((state) => state.fit);
  const set = useWorkbench((state) => state.set);
  const step = (byMs: number): void => player.seek(player.get().atMs + byMs);
  return (
    <div className="controls" role="toolbar" aria-label="Player">
      <IconButton
        icon={Rewind}
        label="Back 1 s"
        keys="ArrowLeft"
        side="top"
        disabled={!ready}
        onClick={() => step(-1000)}
      />
      <IconButton
        icon={playing ? Pause : Play}
        label={playing ? 'Pause' : 'Play'}
        keys="Space"
        side="top"
        size={20}
        className="play-button"
        disabled={!ready}
        onClick={() => (playing ? player.pause() : player.play())}
      />
      <IconButton
        icon={FastForward}
        label="Forward 1 s"
        keys="ArrowRight"
        side="top"
        disabled={!ready}
        onClick={() => step(1000)}
      />
      <Clock player={player} durationMs={durationMs} />
      <RangeChip session={session} />
      <span className="toolbar-space" />
      <Tooltip text="Skip inactivity" keys="S" side="top">
        <button
          type="button"
          aria-pressed={skip}
          className={classNames('toggle', skip && 'toggle-on')}
          onClick={() => player.setSkipInactivity(!skip)}
        >
          <ChevronsRight size={16} aria-hidden />
          <span className="button-text">Skip inactivity</span>
        </button>
      </Tooltip>
      <Menu
        label="Speed"
        trigger={
          <button type="button" className="toggle speed" aria-label={`Speed, now ${speed}×`} title="Speed">
            {speed}×
          </button>
        }
        items={SPEEDS.map((value) => ({
          label: `${value}×`,
          checked: value === speed,
          oneOf: true,
          run: () => player.setSpeed(value),
        }))}
      />
      <IconButton
        icon={fit ? Expand : Shrink}
        label={fit ? 'Show at 100 %' : 'Fit into the window'}
        keys="F"
        side="top"
        onClick={() => set({ fit: !fit })}
      />
    </div>
  );
}
