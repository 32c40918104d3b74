/**
 * A wait from here on counts as slow when the person shows impatience. Nielsen (Usability Engineering, 1993) puts the
 * limit of an unbroken train of thought at 1 s and of attention at 10 s; 3 s lies between: past noticing, before giving up.
 */
export const SLOW_MS = 3000;

/** A second click this soon is a double-click, not impatience. */
export const DOUBLE_CLICK_MS = 500;

/** How long after something went wrong what the person does counts as the reaction to it. */
export const REACTION_MS = 10_000;

/** How long after it a reload or leaving counts as the reaction: people look around first. */
export const LEAVING_MS = 30_000;

/** A failed request that succeeds within this time without the person's doing was retried by the page. */
export const RECOVERY_MS = 10_000;

/** A failure this close to a page load is the browser dropping what the old page still asked for. */
export const UNLOAD_MS = 500;

/** How soon after an answer was read an error counts as the code that used it. */
export const USE_MS = 100;

/** How soon after an act something counts as following it when no recorder says so. */
export const FOLLOW_MS = 500;

/** Stale content that is replaced sooner is a flicker. */
export const STALE_MS = 500;

/** A link or form that loads a document may take this long until the new page shows. */
export const DOCUMENT_MS = 10_000;

/** Clicks without effect on one element, this many within `REACTION_MS`, make a dead control. */
export const DEAD_CLICKS = 3;
