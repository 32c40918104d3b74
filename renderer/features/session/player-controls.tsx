import {
  ChevronsRight,
  Expand,
  FastForward,
  Fullscreen,
  Layers,
  Minimize,
  Pause,
  Play,
  Repeat,
  Rewind,
  Search,
  Shrink,
  StepBack,
  StepForward,
  X,
} from 'lucide-react';
import type { Following } from '../../../shared/ipc/live-calls.ts';
import { useWorkbench } from '../../api/services.tsx';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatDuration, formatGap } from '../../ui/format-duration.ts';
import { Menu } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { LiveToggle } from './live-toggle.tsx';
import { type Player, SPEEDS } from './player.ts';
import { type SessionModel, useTimeline } from './session-model.ts';
import { useEventSteps } from './use-event-steps.ts';
import type { FullScreen } from './use-full-screen.ts';
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
export function PlayerControls({
  session,
  live,
  durationMs,
  fullScreen,
  onFind,
}: {
  session: SessionModel;
  live: Following;
  durationMs: number;
  fullScreen: FullScreen;
  onFind: () => void;
}) {
  const { player } = session;
  const playing = usePlayer(player, (state) => state.playing);
  const ready = usePlayer(player, (state) => state.durationMs !== null);
  const speed = usePlayer(player, (state) => state.speed);
  const skip = usePlayer(player, (state) => state.skipInactivity);
  const loop = usePlayer(player, (state) => state.loop);
  const overlays = usePlayer(player, (state) => state.overlays);
  const stepEvent = useEventSteps(session);
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
      <span className="fine-steps">
        <IconButton
          icon={StepBack}
          label="Previous recorded event"
          keys=","
          side="top"
          disabled={!ready}
          onClick={() => stepEvent(-1)}
        />
        <IconButton
          icon={StepForward}
          label="Next recorded event"
          keys="."
          side="top"
          disabled={!ready}
          onClick={() => stepEvent(1)}
        />
      </span>
      <Clock player={player} durationMs={durationMs} />
      <LiveToggle player={player} live={live} />
      <RangeChip session={session} />
      <span className="toolbar-space" />
      <IconButton icon={Search} label="Find in the session" keys="Ctrl+F" side="top" onClick={onFind} />
      <IconButton
        icon={Repeat}
        label="Loop"
        keys="R"
        side="top"
        aria-pressed={loop}
        className={loop ? 'toggle-on' : undefined}
        onClick={() => player.setLoop(!loop)}
      />
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
        label="Drawn over the page"
        trigger={
          <button type="button" className="icon-button" aria-label="Drawn over the page" title="Drawn over the page">
            <Layers size={16} aria-hidden />
          </button>
        }
        items={[
          {
            label: 'Way of the pointer',
            checked: overlays.trail,
            run: () => player.setOverlays({ ...overlays, trail: !overlays.trail }),
          },
          {
            label: 'What was masked',
            checked: overlays.masks,
            run: () => player.setOverlays({ ...overlays, masks: !overlays.masks }),
          },
        ]}
      />
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
      <IconButton
        icon={fullScreen.on ? Minimize : Fullscreen}
        label={fullScreen.on ? 'Leave full screen' : 'Full screen'}
        keys="Shift+F"
        side="top"
        onClick={fullScreen.toggle}
      />
    </div>
  );
}
