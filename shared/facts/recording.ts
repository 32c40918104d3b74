import type { CapturedCause, CapturedElement } from '../model/captured.ts';
import { CAPTURED } from '../model/captured.ts';
import type { EventRef, GenerationId } from '../model/identity.ts';
import { EventType, IncrementalSource, type PlacedEvent } from '../model/recorded-event.ts';
import { type CapturedLists, emptyCapturedLists, fileCaptured, type Timed } from './captured-records.ts';
import { applyMutation, type DomChange } from './dom-change.ts';
import { type ForeignRecords, readForeignCustom, readForeignPlugin } from './foreign/records.ts';
import { createNodeDirectory, type NodeDirectory } from './node-directory.ts';
import { elementOf } from './node-element.ts';
import type { Timeline } from './timeline.ts';

/** A click as rrweb itself records it. */
export interface PointerClick {
  readonly x: number | null;
  readonly y: number | null;
  readonly element: CapturedElement | null;
}

/** Everything read from the events of one generation; each list in time order. */
export interface GenerationRecord {
  readonly id: string;
  readonly window: string;
  readonly firstAt: number;
  lastAt: number;
  /** Our SDK made this recording: what rrweb's own events say about clicks, pages and inputs is not needed. */
  own: boolean;
  domObserved: boolean;
  /** What makes the changes that come, and the sequence number up to which that is known to hold; null before it is said. */
  cause: { readonly causes: CapturedCause['causes']; seq: number } | null;
  readonly captured: CapturedLists;
  readonly foreign: ForeignRecords;
  readonly directory: NodeDirectory;
  readonly metas: Timed<string>[];
  readonly clicks: Timed<PointerClick>[];
  readonly inputs: Timed<CapturedElement | null>[];
  readonly changes: DomChange[];
  /** Nodes that got the focus. */
  readonly focused: { readonly at: number; readonly node: number }[];
  readonly scrolled: { readonly at: number }[];
  readonly selected: { readonly at: number }[];
  /** Visible without a mutation: form controls, media, canvas, style rules. */
  readonly controls: { readonly at: number }[];
}

/** The whole recording, by generation in order of their first event. */
export interface Recording {
  readonly generations: readonly GenerationRecord[];
  /** Payloads of ours that did not have the promised form. */
  readonly misfits: number;
}

const CONTROL_SOURCES: ReadonlySet<unknown> = new Set([
  IncrementalSource.MediaInteraction,
  IncrementalSource.StyleSheetRule,
  IncrementalSource.CanvasMutation,
  IncrementalSource.StyleDeclaration,
  IncrementalSource.AdoptedStyleSheet,
]);
/** rrweb's kinds of mouse interaction. */
const CLICK = 2;
const FOCUS = 5;

/** The place of an event as a reference. Generations were checked where events enter; the brand is only for the types. */
export const refOf = (placed: PlacedEvent): EventRef => ({
  generation: placed.generation as GenerationId,
  seq: placed.seq,
});

/** Reads a timeline in one pass. */
export function readRecording(timeline: Timeline): Recording {
  const generations = new Map<string, GenerationRecord>();
  let misfits = 0;
  for (const placed of timeline.events) {
    let record = generations.get(placed.generation);
    if (!record) {
      record = emptyRecord(placed);
      generations.set(placed.generation, record);
    }
    record.lastAt = placed.event.timestamp;
    // Behind missing events another cause may have been told.
    if (record.cause && placed.seq !== record.cause.seq + 1) record.cause = null;
    if (record.cause) record.cause.seq = placed.seq;
    if (!readEvent(record, placed)) misfits += 1;
  }
  return { generations: [...generations.values()], misfits };
}

const emptyRecord = (placed: PlacedEvent): GenerationRecord => ({
  id: placed.generation,
  window: placed.window,
  firstAt: placed.event.timestamp,
  lastAt: placed.event.timestamp,
  own: false,
  domObserved: false,
  cause: null,
  captured: emptyCapturedLists(),
  foreign: { pages: [], requests: [], console: [] },
  directory: createNodeDirectory(),
  metas: [],
  clicks: [],
  inputs: [],
  changes: [],
  focused: [],
  scrolled: [],
  selected: [],
  controls: [],
});

type Fields = Readonly<Record<string, unknown>>;
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** False when the event is one of ours and does not have its promised form. */
function readEvent(record: GenerationRecord, placed: PlacedEvent): boolean {
  const { type, data, timestamp: at } = placed.event;
  if (typeof data !== 'object' || data === null) return true;
  const fields = data as Fields;
  const ref = refOf(placed);
  if (type === EventType.Incremental) readIncremental(record, fields, at, ref);
  else if (type === EventType.FullSnapshot) {
    record.domObserved = true;
    record.directory.load(fields.node);
  } else if (type === EventType.Meta && typeof fields.href === 'string') {
    record.metas.push({ at, ref, value: fields.href });
  } else if (type === EventType.Custom) {
    readForeignCustom(record.foreign, fields.tag, fields.payload, at, ref);
  } else if (type === EventType.Plugin) {
    const verdict = fileCaptured(record.captured, fields.plugin, fields.payload, at, ref);
    if (verdict === 'read') record.own = true;
    const cause = fields.plugin === CAPTURED.cause ? record.captured.cause.at(-1) : undefined;
    if (verdict === 'read' && cause) record.cause = { causes: cause.value.causes, seq: placed.seq };
    if (verdict === 'foreign') readForeignPlugin(record.foreign, fields.plugin, fields.payload, at, ref);
    return verdict !== 'misfit';
  }
  return true;
}

function readIncremental(record: GenerationRecord, data: Fields, at: number, ref: EventRef): void {
  const { source } = data;
  const node = numberOf(data.id) ?? -1;
  if (source === IncrementalSource.Mutation) {
    const change = applyMutation(data, at, record.directory, record.cause?.causes ?? null);
    if (change) record.changes.push(change);
  } else if (source === IncrementalSource.MouseInteraction && data.type === CLICK) {
    const element = elementOf(record.directory, node);
    record.clicks.push({ at, ref, value: { x: numberOf(data.x), y: numberOf(data.y), element } });
  } else if (source === IncrementalSource.MouseInteraction && data.type === FOCUS) {
    record.focused.push({ at, node });
  } else if (source === IncrementalSource.Scroll) {
    record.scrolled.push({ at });
  } else if (source === IncrementalSource.Input) {
    record.controls.push({ at });
    record.inputs.push({ at, ref, value: elementOf(record.directory, node) });
  } else if (source === IncrementalSource.Selection) {
    if (Array.isArray(data.ranges) && data.ranges.length > 0) record.selected.push({ at });
  } else if (CONTROL_SOURCES.has(source)) {
    record.controls.push({ at });
  }
}
