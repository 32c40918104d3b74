import { createGenerationTrack, type GenerationTrack, type Moment } from './generation-track.ts';
import type { Pointer, TrailPoint } from './pointer-track.ts';
import { countUpTo, shownAt } from './timeline.ts';
import type { TreeRules } from './tree.ts';

/** What is to be seen at one time. */
export interface View {
  /** The generation that is shown; node ids mean something within it only. */
  readonly generation: string;
  readonly moment: Moment;
  readonly pointer: Pointer | null;
  /** The pointer's way to where it is. */
  readonly trail: readonly TrailPoint[];
}

/** How much of its way the pointer draws behind it, ms. */
const TRAIL_MS = 800;

/** A whole recording, indexed as its chunks arrive. */
export interface RecordingIndex {
  add(chunk: { readonly generation: string; readonly firstSeq: number }, events: readonly unknown[]): void;
  /** @param near the last view, from which a later one is a shorter way. @returns null while there is no page. */
  viewAt(atMs: number, near: View | null): View | null;
  /** When the person next does something, anywhere; null when never. */
  nextActivityMs(afterMs: number): number | null;
}

export function createRecordingIndex(rules: TreeRules, startAt: number): RecordingIndex {
  const tracks = new Map<string, GenerationTrack>();
  return {
    add({ generation, firstSeq }, events) {
      const track = tracks.get(generation) ?? createGenerationTrack(rules, startAt);
      tracks.set(generation, track);
      track.add(firstSeq, events);
    },
    viewAt(atMs, near) {
      const all = [...tracks];
      const shown =
        all[
          shownAt(
            all.map(([, track]) => track),
            atMs,
          )
        ];
      if (!shown) return null;
      const [generation, track] = shown;
      const moment = track.momentAt(track.countAt(atMs), near?.generation === generation ? near.moment : null);
      return { generation, moment, pointer: track.pointerAt(atMs), trail: track.trailAt(atMs, TRAIL_MS) };
    },
    nextActivityMs(afterMs) {
      let next: number | null = null;
      for (const { activityMs, firstPageMs } of tracks.values()) {
        for (const at of [activityMs[countUpTo(activityMs, afterMs)], firstPageMs]) {
          if (at !== undefined && at !== null && at > afterMs && (next === null || at < next)) next = at;
        }
      }
      return next;
    },
  };
}
