import type { z } from 'zod';
import {
  CAPTURED,
  CapturedAction,
  CapturedConsole,
  CapturedEffect,
  CapturedError,
  CapturedNavigation,
  CapturedRequest,
  CapturedSession,
} from '../model/captured.ts';
import type { EventRef } from '../model/identity.ts';

/** Something read from one recorded event. */
export interface Timed<T> {
  readonly at: number;
  readonly ref: EventRef;
  readonly value: T;
}

const SCHEMAS = {
  session: CapturedSession,
  navigation: CapturedNavigation,
  action: CapturedAction,
  effect: CapturedEffect,
  request: CapturedRequest,
  console: CapturedConsole,
  error: CapturedError,
} as const satisfies Record<keyof typeof CAPTURED, z.ZodType>;

type CapturedName = keyof typeof SCHEMAS;

/** What our SDK recorded in one generation, by kind, in time order. */
export type CapturedLists = { [K in CapturedName]: Timed<z.output<(typeof SCHEMAS)[K]>>[] };

const NAME_OF: ReadonlyMap<string, CapturedName> = new Map(
  Object.entries(CAPTURED).map(([name, plugin]) => [plugin, name as CapturedName]),
);

/** Lists with nothing in them. */
export const emptyCapturedLists = (): CapturedLists => ({
  session: [],
  navigation: [],
  action: [],
  effect: [],
  request: [],
  console: [],
  error: [],
});

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
  const parsed = SCHEMAS[name].safeParse(payload);
  if (!parsed.success) return 'misfit';
  // The schema that read the payload is the one of this list; the compiler cannot follow the shared index.
  (lists[name] as Timed<unknown>[]).push({ at, ref, value: parsed.data });
  return 'read';
}
