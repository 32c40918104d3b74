import type { Place } from './session/place.ts';

/** An event as rrweb has it, without its time. */
export interface Made {
  readonly type: number;
  readonly data: unknown;
}

/** Between what is recorded and what is sent: events wait for the part that records the document, without which elements have no ids. */
export interface Intake {
  add(event: Made): void;
  /** The document is there, or nothing is waited for any more, as when the page may go: what is known goes on its way. */
  release(): void;
  clear(): void;
}

/** What an intake needs. */
export interface IntakeDeps {
  /** Ms since epoch. */
  readonly now: () => number;
  readonly place: () => Place;
  /** Sends one event on its way. */
  readonly put: (event: Made, at: number, place: Place) => void;
}

/** Events held back at once: above it nothing waits for the document. */
const MAX_HELD = 20_000;

interface Held {
  readonly event: Made;
  readonly at: number;
  readonly place: Place;
}

/** See `Intake`. Sequence numbers are given where events leave, so that what is dropped here leaves no gap. */
export function createIntake({ now, place, put }: IntakeDeps): Intake {
  let isWaiting = true;
  let held: Held[] = [];

  const release = (): void => {
    isWaiting = false;
    const all = held;
    held = [];
    for (const { event, at, place: home } of all) put(event, at, home);
  };
  return {
    add(event) {
      const one = { event, at: now(), place: place() };
      if (!isWaiting) {
        put(event, one.at, one.place);
        return;
      }
      held.push(one);
      if (held.length > MAX_HELD) release();
    },
    release,
    clear() {
      held = [];
    },
  };
}
