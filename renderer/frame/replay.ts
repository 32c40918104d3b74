import type { ToFrame } from '../../shared/ipc/frame-messages.ts';
import { messageOf } from '../../shared/lib/app-error.ts';
import type { Span } from '../../shared/replay/timeline.ts';
import type { RpcClient } from '../../shared/rpc/rpc.ts';
import { createApplier } from './applier.ts';
import type { ControlPort } from './control-port.ts';
import { growRecording } from './grow-recording.ts';
import { createHighlight } from './highlight.ts';
import { type LoadProgress, loadRecording } from './load-recording.ts';
import { createMaskView } from './mask-view.ts';
import type { Mirror } from './mirror-client.ts';
import { createPlayer, type Player } from './player.ts';
import { createPointerView } from './pointer-view.ts';

const NO_PAGE =
  'This recording has no full snapshot, so there is no page to show. Its requests, console and errors can still be read.';
/** The contract's longest reason. */
const MAX_REASON = 1_000;
const MAX_REASONS = 50;

/** Plays one recording into `stage`, led by the workbench over `control`, fed by the engine over `data`. */
export async function startReplay(parts: {
  readonly stage: HTMLElement;
  readonly control: ControlPort;
  readonly data: RpcClient;
  readonly mirror: Mirror;
}): Promise<void> {
  const { stage, control, data, mirror } = parts;
  const applier = createApplier(stage);
  const pointer = createPointerView(applier);
  const highlight = createHighlight(applier);
  const masks = createMaskView(applier);
  const fail = (error: unknown): void =>
    control.send({ type: 'failed', reason: messageOf(error).slice(0, MAX_REASON) });
  new ResizeObserver(() => applier.fit(stage.clientWidth, stage.clientHeight)).observe(stage);
  // rrweb applies events in promises of its own; what goes wrong there is heard here.
  addEventListener('unhandledrejection', ({ reason }) => fail(reason));

  let player: Player | null = null;
  let asked: ToFrame[] = [];
  let shownSize = '';
  control.onMessage((message) => {
    if (player) obey(player, message);
    else asked.push(message);
  });

  function obey(led: Player, message: ToFrame): void {
    if (message.type === 'seek') led.seek(message.atMs);
    else if (message.type === 'play') led.play();
    else if (message.type === 'pause') led.pause();
    else if (message.type === 'follow') led.follow(message.on);
    else if (message.type === 'speed') led.setSpeed(message.speed);
    else if (message.type === 'skip-inactivity') led.skipInactivity(message.on);
    else if (message.type === 'overlays') {
      pointer.drawTrail(message.trail);
      masks.set(message.masks);
    } else highlight.set(message.node);
  }

  function begin(durationMs: number): void {
    player = createPlayer({
      mirror,
      durationMs,
      failed: fail,
      changed: (atMs, playing) => {
        applier.animate(playing);
        control.send({ type: 'time', atMs, playing });
      },
      show: async (step, playing) => {
        await applier.apply(step.events, step.stale);
        pointer.show(step.pointer, step.trail, playing);
        highlight.follow();
        if (step.events.length > 0) masks.follow();
        const { viewport } = step;
        const size = `${viewport.width}x${viewport.height}`;
        if (size !== shownSize) control.send({ type: 'viewport', ...viewport });
        shownSize = size;
      },
    });
    for (const message of asked) obey(player, message);
    asked = [];
  }

  let span: Span = { startAt: 0, durationMs: 0, events: 0 };
  function progress({ found, loadedMs, problems }: LoadProgress): void {
    const complete = loadedMs === Number.POSITIVE_INFINITY;
    if (found.hasPage && !player) {
      const { durationMs, events } = span;
      control.send({ type: 'opened', durationMs, events });
      begin(durationMs);
    }
    player?.loaded(loadedMs);
    if (found.blocked.count > 0) {
      control.send({ type: 'blocked', count: found.blocked.count, urls: [...found.blocked.urls] });
    }
    if (!complete) return;
    const reasons = [...problems.map((reason) => ({ reason, count: 1 })), ...found.repaired.reasons];
    if (reasons.length > 0) {
      const count = reasons.reduce((sum, reason) => sum + reason.count, 0);
      control.send({ type: 'repaired', count, reasons: reasons.slice(0, MAX_REASONS) });
    }
    if (!found.hasPage) fail(new Error([...problems, NO_PAGE].join(' ')));
  }

  try {
    const chunks = await loadRecording(data, mirror, {
      span: (known) => {
        span = known;
      },
      progress,
    });
    await growRecording(data, mirror, chunks, {
      // While a running session is read on, all that was there can be shown.
      progress: ({ found, problems }) => progress({ found, problems, loadedMs: Number.POSITIVE_INFINITY }),
      grown: (longer) => {
        span = longer;
        if (!player) return;
        control.send({ type: 'grown', durationMs: span.durationMs, events: span.events });
        player.grow(span.durationMs);
      },
    });
  } catch (error) {
    fail(error);
  }
}
