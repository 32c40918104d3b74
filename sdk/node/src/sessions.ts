import { createPlace, type Place } from '../../web/src/session/place.ts';

/** Where the events of each session belong: a generation of its own in this process. */
export interface Sessions {
  /** @returns undefined for a session that takes no more. */
  placeOf(session: string): { readonly place: Place; readonly isNew: boolean } | undefined;
  /** Nothing more of this session. */
  end(session: string): void;
}

/** Sessions that are remembered. One that is forgotten and comes back goes on in another generation. */
const MAX_SESSIONS = 10_000;

const dropOldest = (map: { size: number; keys(): Iterable<string>; delete(key: string): boolean }): void => {
  if (map.size <= MAX_SESSIONS) return;
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
};

/** @param window of the backend, the same for all its processes. */
export function createSessions(window: string, newId: () => string): Sessions {
  const places = new Map<string, Place>();
  const over = new Set<string>();
  return {
    placeOf(session) {
      if (over.has(session)) return undefined;
      const known = places.get(session);
      const place = known ?? createPlace(session, window, newId());
      // The last used is the last to be forgotten.
      places.delete(session);
      places.set(session, place);
      dropOldest(places);
      return { place, isNew: known === undefined };
    },
    end(session) {
      places.delete(session);
      over.add(session);
      dropOldest(over);
    },
  };
}
