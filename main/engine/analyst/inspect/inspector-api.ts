import type { z } from 'zod';
import type { OutputOf } from '../../../../shared/ipc/call.ts';
import type { EngineCalls } from '../../../../shared/ipc/engine-calls.ts';
import type { SessionKey } from '../../../../shared/model/identity.ts';
import type { RecordingLayout } from '../../store/store-api.ts';

/** What every question about a recording says: which one, and under which number it can be cancelled. */
export interface Inspected {
  readonly id: number;
  readonly key: SessionKey;
  readonly layout: RecordingLayout;
}

type Asked<K extends keyof EngineCalls> = Inspected & z.output<EngineCalls[K]['input']>;

/** Looks into one recording at a time: the page as it was at a moment, and the events as they were recorded. */
export interface Inspector {
  elements(input: Asked<'recording.elements'>): Promise<OutputOf<EngineCalls, 'recording.elements'>>;
  findElements(input: Asked<'recording.findElements'>): Promise<OutputOf<EngineCalls, 'recording.findElements'>>;
  events(input: Asked<'recording.events'>): Promise<OutputOf<EngineCalls, 'recording.events'>>;
  eventAt(input: Asked<'recording.eventAt'>): Promise<OutputOf<EngineCalls, 'recording.eventAt'>>;
  event(input: Asked<'recording.event'>): Promise<OutputOf<EngineCalls, 'recording.event'>>;
  /** The question of that number is answered with `cancelled`, if it is still being worked on. */
  cancelInspection(input: { readonly id: number }): void;
}
