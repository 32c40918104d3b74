/** rrweb's event types; the numbers are rrweb's. */
export const EventType = {
  DomContentLoaded: 0,
  Load: 1,
  FullSnapshot: 2,
  Incremental: 3,
  Meta: 4,
  Custom: 5,
  Plugin: 6,
} as const;

/** rrweb's sources of an incremental event; the numbers are rrweb's. */
export const IncrementalSource = {
  Mutation: 0,
  MouseMove: 1,
  MouseInteraction: 2,
  Scroll: 3,
  ViewportResize: 4,
  Input: 5,
  TouchMove: 6,
  MediaInteraction: 7,
  StyleSheetRule: 8,
  CanvasMutation: 9,
  Font: 10,
  Log: 11,
  Drag: 12,
  StyleDeclaration: 13,
  Selection: 14,
  AdoptedStyleSheet: 15,
  CustomElement: 16,
} as const;

/** One rrweb event as recorded: untrusted until a reader of its `type` has checked `data`. `timestamp` is ms since epoch. */
export interface RecordedEvent {
  readonly type: number;
  readonly data: unknown;
  readonly timestamp: number;
}

/** A recorded event with its place: what readers of a stored session get, sorted by (timestamp, generation, seq). */
export interface PlacedEvent {
  readonly window: string;
  readonly generation: string;
  readonly seq: number;
  readonly event: RecordedEvent;
}
