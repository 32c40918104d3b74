import type { Place } from './session/place.ts';

/** An event as rrweb has it, without its time. */
export interface Made {
  readonly type: number;
  readonly data: unknown;
}

/** What has to be there before that which is recorded goes on its way. */
export type Wait =
  | 'document' // the part that records the document: only then do elements have their ids
  | 'settings' // what the server wants of this visit
  | 'trouble'; // an error: without one the visit is not sent

/** Between what is recorded and what is sent. */
export interface Intake {
  add(event: Made): void;
  /** One of the things waited for is there. */
  ready(what: Wait): void;
  await(what: Wait): void;
  awaits(what: Wait): boolean;
  /** The page may go: what is known goes on its way as it is, unless it is kept for an error that did not come. */
  hurry(): void;
  clear(): void;
}

/** What an intake needs. */
export interface IntakeDeps {
  readonly now: () => number;
  readonly place: () => Place;
  /** Sends one event on its way. */
  readonly put: (event: Made, at: number, place: Place) => void;
  /** An event that a recording cannot be read without, however old. */
  readonly isLasting: (event: Made) => boolean;
}

/** So much is kept before an error. */
export const KEPT_MS = 60_000;
/** Events held back at once: above it nothing waits for the document, and less than a minute is kept. */
const MAX_HELD = 20_000;
const FULL_SNAPSHOT = 2;
const META = 4;

interface Held {
  readonly event: Made;
  readonly at: number;
  readonly place: Place;
}

/** See `Intake`. Sequence numbers are given where events leave, so that what is dropped here leaves no gap. */
export function createIntake({ now, place, put, isLasting }: IntakeDeps): Intake {
  const waits = new Set<Wait>();
  let held: Held[] = [];

  const drain = (): void => {
    if (waits.size > 0) return;
    const all = held;
    held = [];
    for (const { event, at, place: home } of all) put(event, at, home);
  };
  /** Forgets what came before the last snapshot that is at least `ms` old. */
  const trim = (ms: number): void => {
    const from = held.reduce((last, { event, at }, i) => (event.type === META && now() - at >= ms ? i : last), 0);
    if (from > 0) held = held.filter(({ event }, i) => i >= from || isLasting(event));
  };
  return {
    add(event) {
      const one = { event, at: now(), place: place() };
      if (waits.size === 0) {
        put(event, one.at, one.place);
        return;
      }
      held.push(one);
      if (!waits.has('trouble')) {
        if (held.length > MAX_HELD) {
          waits.clear();
          drain();
        }
      } else if (event.type === FULL_SNAPSHOT) trim(KEPT_MS);
      else if (held.length > MAX_HELD) trim(0);
    },
    ready(what) {
      if (waits.delete(what)) drain();
    },
    await: (what) => void waits.add(what),
    awaits: (what) => waits.has(what),
    hurry() {
      if (waits.has('trouble')) return;
      waits.clear();
      drain();
    },
    clear() {
      held = [];
    },
  };
}
