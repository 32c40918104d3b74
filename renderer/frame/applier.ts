import type { Replayer } from '@rrweb/replay';
import type { eventWithTime } from '@rrweb/types';
import RrwebPlayer from 'rrweb-player';
import type { RecordedEvent } from '../../shared/model/recorded-event.ts';

/** rrweb's live mode applies what is older than its baseline at once, so the baseline lies after everything. */
const AFTER_EVERYTHING = Number.MAX_SAFE_INTEGER;

/** rrweb-player wants two events to begin with; these two have no effect. */
const BEGINNING = [0, 1].map((timestamp) => ({ type: 5, timestamp, data: { tag: 'traceflow', payload: {} } }));

/** The recorded page on the screen, as rrweb builds it. */
export interface Applier {
  /** The box of the recorded window; things in it are placed in the recorded page's pixels. */
  readonly wrapper: HTMLElement;
  readonly iframe: HTMLIFrameElement;
  nodeOf(id: number): Node | null;
  /** Resolves when the page shows the events. */
  apply(events: readonly RecordedEvent[], stale: readonly number[]): Promise<void>;
  /** Whether animations of the page run. */
  animate(on: boolean): void;
  /** Scales the page to a box, never above its own size. */
  fit(width: number, height: number): void;
}

/**
 * rrweb-player without its controller, only applying what it is given. The recorded page gets no pointer and cannot take
 * the focus (`inert` reaches into frames).
 */
export function createApplier(target: HTMLElement): Applier {
  const player = new RrwebPlayer({
    target,
    props: {
      events: BEGINNING as eventWithTime[],
      autoPlay: false,
      showController: false,
      skipInactive: false,
      liveMode: true,
      useVirtualDom: false, // so that rrweb's table always names what is on the page
      mouseTail: false,
      showWarning: false,
      triggerFocus: false,
    },
  });
  const replayer: Replayer = player.getReplayer();
  const { iframe, wrapper } = replayer;
  iframe.inert = true;
  iframe.tabIndex = -1;
  replayer.startLive(AFTER_EVERYTHING);
  let animating = false;
  const animate = (on: boolean): void => {
    animating = on;
    iframe.contentDocument?.documentElement?.classList.toggle('rrweb-paused', !on);
  };

  return {
    wrapper,
    iframe,
    nodeOf: (id) => replayer.getMirror().getNode(id),
    async apply(events, stale) {
      const mirror = replayer.getMirror();
      for (const id of stale) {
        const node = mirror.getNode(id);
        if (node) mirror.removeNodeFromMap(node);
      }
      if (events.length === 0) return;
      for (const event of events) replayer.addEvent(event as eventWithTime);
      // Each event is applied in a microtask of its own, in order; the second turn comes after the last of them.
      await Promise.resolve();
      await Promise.resolve();
      // Live mode keeps every event; only the first is ever read again (as the origin of media times).
      const kept = replayer.service.state.context.events;
      kept.length = Math.min(kept.length, 1);
      animate(animating);
    },
    animate,
    fit(width, height) {
      // The types of rrweb-player name svelte's component, which is not installed: its $set is there all the same.
      (player as unknown as { $set(props: { width: number; height: number }): void }).$set({ width, height });
      player.triggerResize();
    },
  };
}
