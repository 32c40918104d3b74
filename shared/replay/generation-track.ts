import { applyChange } from './apply-change.ts';
import { MAX_DURATION_MS } from './limits.ts';
import type { PageChange } from './page-change.ts';
import { createPointerTrack, type Pointer, type TrailPoint } from './pointer-track.ts';
import { createEventReader } from './read-event.ts';
import { countUpTo, type Presence, risingTimes } from './timeline.ts';
import { Tree, type TreeRules } from './tree.ts';

/** Changes between two keyframes: a seek applies at most this many. */
const KEYFRAME_EVERY = 500;

/** A page at a point of its generation: after the first `count` changes. */
export interface Moment {
  readonly count: number;
  readonly tree: Tree;
}

/** One generation of a recording, indexed: its page at any time, without a DOM. Grows at its end only. */
export interface GenerationTrack extends Presence {
  /** Adds events that follow in sequence; those already there are dropped. */
  add(firstSeq: number, events: readonly unknown[]): void;
  /** How many changes lie at or before a time, but at least the first page. */
  countAt(atMs: number): number;
  /** The page after so many changes; `near` is used when it is a shorter way than the keyframe. Never changed again. */
  momentAt(count: number, near: Moment | null): Moment;
  pointerAt(atMs: number): Pointer | null;
  /** See `PointerTrack.trail`. */
  trailAt(atMs: number, forMs: number): readonly TrailPoint[];
}

export function createGenerationTrack(rules: TreeRules, startAt: number): GenerationTrack {
  const read = createEventReader(rules.complain);
  const pointer = createPointerTrack();
  const changes: PageChange[] = [];
  const times: number[] = [];
  const activityMs: number[] = [];
  const keyframes: Moment[] = [];
  const tip = new Tree(rules);
  let firstPage = -1;
  let nextSeq = 0;
  let lastAt = Number.NEGATIVE_INFINITY;

  function addOne(raw: unknown, at: number): void {
    const event = read(raw);
    const atMs = Math.min(Math.max(at - startAt, 0), MAX_DURATION_MS);
    pointer.add(event, atMs);
    if (event.activity) activityMs.push(atMs);
    if (!event.change) return;
    applyChange(tip, event.change);
    changes.push(event.change);
    times.push(atMs);
    const isPage = event.change.kind === 'snapshot';
    if (isPage && firstPage < 0) {
      firstPage = changes.length - 1;
      if (!tip.viewport) rules.complain('size of the window not recorded');
    }
    if (firstPage >= 0 && (isPage || changes.length % KEYFRAME_EVERY === 0)) {
      keyframes.push({ count: changes.length, tree: tip.fork() });
    }
  }

  return {
    activityMs,
    get firstPageMs() {
      return times[firstPage] ?? null;
    },
    add(firstSeq, events) {
      const fresh = events.slice(Math.max(0, nextSeq - firstSeq));
      nextSeq = Math.max(nextSeq, firstSeq + events.length);
      const at = risingTimes(fresh.map(timeOf), lastAt);
      fresh.forEach((event, i) => {
        addOne(event, at[i] ?? startAt);
      });
      lastAt = at.at(-1) ?? lastAt;
    },
    countAt: (atMs) => Math.max(countUpTo(times, atMs), firstPage + 1),
    momentAt(count, near) {
      const counts = keyframes.map((keyframe) => keyframe.count);
      let base = keyframes[countUpTo(counts, count) - 1] ?? { count: 0, tree: new Tree(rules) };
      if (near && near.count <= count && near.count >= base.count) base = near;
      if (base.count === count) return base;
      const tree = base.tree.fork();
      for (const change of changes.slice(base.count, count)) applyChange(tree, change);
      return { count, tree };
    },
    pointerAt: (atMs) => pointer.at(atMs),
    trailAt: (atMs, forMs) => pointer.trail(atMs, forMs),
  };
}

const timeOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'timestamp' in event ? event.timestamp : null;
