import type { CapturedCause } from '../model/captured.ts';
import type { NodeDirectory } from './node-directory.ts';

/** One rrweb mutation event, boiled down to what facts need. */
export interface DomChange {
  readonly at: number;
  readonly added: number;
  readonly removed: number;
  readonly texts: number;
  readonly attributes: number;
  /** Only attributes that say `busy` or `not now` changed. */
  readonly busyOnly: boolean;
  /** Where: parents of nodes that came or went, parents of rewritten texts, nodes with changed attributes. At most 16. */
  readonly regions: readonly number[];
  /** There were more regions than are kept. */
  readonly spread: boolean;
  /** What the recorder says made it; null where it does not say. Empty when it knows of nothing. */
  readonly causes: CapturedCause['causes'] | null;
}

const MAX_REGIONS = 16;
const BUSY = new Set(['disabled', 'aria-disabled', 'aria-busy']);

type Fields = Readonly<Record<string, unknown>>;
const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter((item): item is Fields => typeof item === 'object' && item !== null) : [];
const idOf = (value: unknown): number => (typeof value === 'number' && Number.isInteger(value) ? value : -1);

/** Reads rrweb mutation data and keeps the directory up to date; null when it changes nothing. */
export function applyMutation(
  data: unknown,
  at: number,
  directory: NodeDirectory,
  causes: DomChange['causes'] = null,
): DomChange | null {
  if (typeof data !== 'object' || data === null) return null;
  const fields = data as Fields;
  const adds = listOf(fields.adds);
  const removes = listOf(fields.removes);
  const texts = listOf(fields.texts);
  const attributes = listOf(fields.attributes);
  if (adds.length + removes.length + texts.length + attributes.length === 0) return null;
  const regions = new Set<number>();
  // What came in one piece is one region: rrweb lists each node of it with its own parent.
  const came = new Set(adds.map((item) => idOf((item.node as Fields | null)?.id)));
  let busyOnly = adds.length + removes.length + texts.length === 0;
  for (const item of removes) {
    regions.add(idOf(item.parentId));
    directory.remove(idOf(item.id));
  }
  for (const item of adds) {
    if (!came.has(idOf(item.parentId))) regions.add(idOf(item.parentId));
    directory.add(item.node, idOf(item.parentId));
  }
  for (const item of texts) {
    regions.add(directory.parentOf(idOf(item.id)) ?? idOf(item.id));
    directory.setText(idOf(item.id), item.value);
  }
  for (const item of attributes) {
    regions.add(idOf(item.id));
    const changed = typeof item.attributes === 'object' && item.attributes !== null ? (item.attributes as Fields) : {};
    if (Object.keys(changed).some((name) => !BUSY.has(name))) busyOnly = false;
    directory.setAttributes(idOf(item.id), changed);
  }
  return {
    at,
    added: adds.length,
    removed: removes.length,
    texts: texts.length,
    attributes: attributes.length,
    busyOnly,
    regions: [...regions].slice(0, MAX_REGIONS),
    spread: regions.size > MAX_REGIONS,
    causes,
  };
}
