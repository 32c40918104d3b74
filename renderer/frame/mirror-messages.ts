import type { RecordedEvent } from '../../shared/model/recorded-event.ts';
import type { Pointer, TrailPoint } from '../../shared/replay/pointer-track.ts';

/** What the mirror found in the recording so far. */
export interface Found {
  readonly hasPage: boolean;
  readonly blocked: { readonly count: number; readonly urls: readonly string[] };
  readonly repaired: { readonly count: number; readonly reasons: readonly { reason: string; count: number }[] };
}

/** How to bring the screen to a time. */
export interface Step {
  readonly atMs: number;
  /** Node ids mean something within one generation only. */
  readonly generation: string;
  readonly events: RecordedEvent[];
  readonly stale: number[];
  readonly viewport: { readonly width: number; readonly height: number };
  readonly pointer: Pointer | null;
  readonly trail: readonly TrailPoint[];
  readonly nextActivityMs: number | null;
}

/** What the mirror can be asked. Every question gets an answer, in the order they were asked. */
export type MirrorQuestion =
  | { readonly kind: 'open'; readonly startAt: number }
  | { readonly kind: 'chunk'; readonly generation: string; readonly firstSeq: number; readonly bytes: Uint8Array }
  | { readonly kind: 'step'; readonly atMs: number; readonly jump: boolean };

/** `step` is null while there is no page to show. */
export type MirrorAnswer =
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'step'; readonly step: Step | null }
  | { readonly kind: 'failed'; readonly reason: string };
