import { EventType, IncrementalSource, type RecordedEvent } from '../../../../shared/model/recorded-event.ts';

const words = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

const TYPES = new Map<number, string>(Object.entries(EventType).map(([name, type]) => [type, words(name)]));
const SOURCES = new Map<number, string>(
  Object.entries(IncrementalSource).map(([name, source]) => [source, words(name)]),
);

/** Longest name that is taken from a recording, in characters. */
const MAX_NAME = 80;

/** What an event is, in a word: `full snapshot`, `mutation`, `traceflow/request@1`. */
export function kindOf({ type, data }: RecordedEvent): string {
  const fields = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
  if (type === EventType.Incremental) return SOURCES.get(fields.source as number) ?? `source ${String(fields.source)}`;
  const name = type === EventType.Plugin ? fields.plugin : type === EventType.Custom ? fields.tag : undefined;
  if (typeof name === 'string' && name !== '') return name.slice(0, MAX_NAME);
  return TYPES.get(type) ?? `type ${type}`;
}
