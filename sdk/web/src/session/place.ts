/** Where recorded events belong: the parts of their identity before the sequence number, and the counters that start with them. */
export interface Place {
  readonly session: string;
  readonly window: string;
  readonly generation: string;
  nextSeq: number;
  nextAction: number;
  nextOrder: number;
  nextStream: number;
}

/** A fresh generation: `seq` counts from 0, actions and requests from 1. */
export const createPlace = (session: string, window: string, generation: string): Place => ({
  session,
  window,
  generation,
  nextSeq: 0,
  nextAction: 1,
  nextOrder: 1,
  nextStream: 1,
});
