import { closeSync, openSync, writeSync } from 'node:fs';
import { EventType, IncrementalSource } from '../../../shared/model/recorded-event.ts';
import { oneHour } from '../diagnose/one-hour.ts';

/** Bytes of text in each of the events that make a recording big: a page that renders long texts again and again. */
const TEXT_BYTES = 20_000;

/** Writes a recording of an hour with at least this many bytes of events, one after another so that it need not fit into memory. */
export function writeBigRecording(file: string, bytes: number): void {
  const descriptor = openSync(file, 'w');
  try {
    const events = oneHour(20_000);
    const big = Math.ceil(bytes / TEXT_BYTES);
    writeSync(descriptor, '[');
    for (const [index, event] of events.entries())
      writeSync(descriptor, `${index > 0 ? ',' : ''}${JSON.stringify(event)}`);
    const last = events.at(-1)?.timestamp ?? 0;
    for (let index = 0; index < big; index += 1) {
      const value = `${index} ${'the same long text again '.repeat(TEXT_BYTES / 25)}`;
      const texts = [{ id: 100 + (index % 500), value }];
      const data = { source: IncrementalSource.Mutation, texts, attributes: [], removes: [], adds: [] };
      writeSync(descriptor, `,${JSON.stringify({ type: EventType.Incremental, timestamp: last + index, data })}`);
    }
    writeSync(descriptor, ']');
  } finally {
    closeSync(descriptor);
  }
}
