import { CAPTURED } from '../model/captured.ts';
import { CAPTURED_SCHEMAS, type CapturedName, type CapturedPayloads } from '../model/captured-schemas.ts';
import type { EventRef } from '../model/identity.ts';

/** Something read from one recorded event. */
export interface Timed<T> {
  readonly at: number;
  readonly ref: EventRef;
  readonly value: T;
}

/** What our SDK recorded in one generation, by kind, in time order. */
export type CapturedLists = { [K in CapturedName]: Timed<CapturedPayloads[K]>[] };

const NAME_OF: ReadonlyMap<string, CapturedName> = new Map(
  Object.entries(CAPTURED).map(([name, plugin]) => [plugin, name as CapturedName]),
);

/** Lists with nothing in them. */
export const emptyCapturedLists = (): CapturedLists =>
  Object.fromEntries(Object.keys(CAPTURED_SCHEMAS).map((name) => [name, []])) as unknown as CapturedLists;

/** Files a plugin payload under its kind: `read`, `misfit` (ours, but not of the promised form) or `foreign`. */
export function fileCaptured(
  lists: CapturedLists,
  plugin: unknown,
  payload: unknown,
  at: number,
  ref: EventRef,
): 'read' | 'misfit' | 'foreign' {
  const name = typeof plugin === 'string' ? NAME_OF.get(plugin) : undefined;
  if (name === undefined) return 'foreign';
  const parsed = CAPTURED_SCHEMAS[name].safeParse(payload);
  if (!parsed.success) return 'misfit';
  // The schema that read the payload is the one of this list; the compiler cannot follow the shared index.
  (lists[name] as Timed<unknown>[]).push({ at, ref, value: parsed.data });
  return 'read';
}
