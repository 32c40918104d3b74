import type { Timers } from '../../../web/src/clock.ts';
import { buildTree } from './build-tree.ts';
import { difference, scrollsOf } from './diff.ts';
import { FIRST_ID, snapshotOf } from './document.ts';
import { createFiberIds, type Fiber, type FiberRoot } from './fiber.ts';
import { MAX_VIEWS, type SeenView, seeViews } from './seen-view.ts';
import type { Box, WireNode } from './wire-node.ts';

/** Follows what is on the screen. */
export interface Wireframe {
  /** Something changed, or may have. */
  changed(): void;
  /** The next thing recorded is the whole screen. */
  snapshot(): void;
  /** As it was recorded last; empty before the first time. */
  screen(): readonly WireNode[];
}

/** What following the screen needs. */
export interface WireframeDeps {
  readonly roots: () => Iterable<FiberRoot>;
  /** Where the layout put a native view, in points of the window; undefined when it is not there (any more). */
  readonly measure: (fiber: Fiber) => Box | undefined;
  readonly size: () => { readonly width: number; readonly height: number };
  /** The address of the screen, for rrweb's own event. */
  readonly address: () => string;
  /** Runs our own code: what it throws is reported, not thrown. */
  readonly run: (body: () => void) => unknown;
  readonly timers: Timers;
  /** Milliseconds, finer than whole ones. */
  readonly stopwatch: () => number;
  /** @returns false when there is no room for more changes just now. */
  readonly store: (event: { type: number; data: unknown }) => boolean;
  /** The screen holds more than is looked at. */
  readonly onCut: (limit: number) => void;
}

/** rrweb's types of events. */
const EVENT = { FullSnapshot: 2, Incremental: 3, Meta: 4 } as const;

/** Changes that come together are read together. */
const GAP_MS = 100;
/** While something moves it is looked again by itself: animations and scrolling go on without React. */
const FOLLOW_MS = 500;
/** The app's own thread may be held so long at a stretch: a quarter of a frame. */
const SLICE_MS = 4;
/** Looking takes at most one twentieth of the time. */
const SHARE = 20;
/** How long a change waits for room. */
const CALM_MS = 1_000;

const flat = (views: readonly SeenView[]): SeenView[] => views.flatMap((view) => [view, ...flat(view.children)]);

/**
 * Reads the screen after changes, measures it in slices, and records the difference to what was recorded last. What finds no
 * room is not lost: the next difference holds it too.
 */
export function createWireframe(deps: WireframeDeps): Wireframe {
  const { timers, stopwatch, store, run } = deps;
  const ids = createFiberIds(FIRST_ID, 2);
  let shown: readonly WireNode[] | null = null;
  let due: { readonly timer: unknown; readonly at: number } | undefined;
  let isReading = false;
  let isStale = false;
  let notBefore = 0;
  let wasCut = false;

  const later = (body: () => void, delayMs: number): unknown =>
    timers.set(() => {
      run(() => {
        try {
          body();
        } catch (error) {
          isReading = false;
          throw error;
        }
      });
    }, delayMs);
  const schedule = (delayMs: number): void => {
    const now = stopwatch();
    const at = Math.max(now + delayMs, notBefore);
    if (due && due.at <= at) return;
    if (due) timers.clear(due.timer);
    due = { timer: later(read, at - now), at };
  };

  const read = (): void => {
    due = undefined;
    isReading = true;
    isStale = false;
    const startedAt = stopwatch();
    const { views, isCut } = seeViews(deps.roots());
    if (isCut && !wasCut) deps.onCut(MAX_VIEWS);
    wasCut = isCut;
    measure(views, flat(views), new Map(), stopwatch() - startedAt);
  };

  const measure = (
    views: readonly SeenView[],
    rest: readonly SeenView[],
    boxes: Map<SeenView, Box>,
    spentMs: number,
  ): void => {
    const startedAt = stopwatch();
    let done = 0;
    for (const view of rest) {
      if (done > 0 && stopwatch() - startedAt >= SLICE_MS) break;
      const box = deps.measure(view.fiber);
      if (box) boxes.set(view, box);
      done += 1;
    }
    if (done < rest.length) {
      const spent = spentMs + stopwatch() - startedAt;
      later(() => measure(views, rest.slice(done), boxes, spent), 0);
      return;
    }
    const nodes = buildTree(
      views,
      (view) => boxes.get(view),
      (view) => ids.of(view.fiber),
    );
    isReading = false;
    const moved = record(nodes);
    notBefore = stopwatch() + (spentMs + stopwatch() - startedAt) * SHARE;
    if (isStale) schedule(GAP_MS);
    else if (moved !== 'nothing') schedule(moved === 'all' ? FOLLOW_MS : CALM_MS);
  };

  const record = (nodes: readonly WireNode[]): 'all' | 'nothing' | 'refused' => {
    const scrolled = (data: unknown): unknown => store({ type: EVENT.Incremental, data });
    if (!shown) {
      // Before the first views there is nothing to be shown.
      if (nodes.length === 0) return 'nothing';
      store({ type: EVENT.Meta, data: { href: deps.address(), ...deps.size() } });
      store({ type: EVENT.FullSnapshot, data: snapshotOf(nodes) });
      for (const scroll of scrollsOf(nodes)) scrolled(scroll);
      shown = nodes;
      return 'all';
    }
    const { mutation, scrolls } = difference(shown, nodes);
    if (mutation && !store({ type: EVENT.Incremental, data: mutation })) return 'refused';
    for (const scroll of scrolls) scrolled(scroll);
    shown = nodes;
    return mutation || scrolls.length > 0 ? 'all' : 'nothing';
  };

  return {
    changed() {
      if (isReading) isStale = true;
      else schedule(GAP_MS);
    },
    snapshot() {
      shown = null;
      if (isReading) isStale = true;
      else schedule(0);
    },
    screen: () => shown ?? [],
  };
}
