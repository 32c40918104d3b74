/** How long after a click its effect is looked for: what SDKs observe too, and Nielsen's limit for an unbroken train of thought. */
export const EFFECT_MS = 1000;

/** How soon after an answer was read a DOM change counts as its rendering: a task, a microtask queue and a few frames. */
export const RENDER_MS = 100;

/** How long after an answer a message about it is looked for. */
export const MESSAGE_MS = 1000;

/** A region that changed this often without act or answer before it changes by itself (clocks, carousels). */
export const AMBIENT_CHANGES = 3;

/** A change is unprompted when the last act of the person is at least this long ago. */
export const UNPROMPTED_AFTER_ACT_MS = 2000;

/** Longest text of a signal. */
export const MAX_TEXT = 300;

/** DOM changes looked at for one summary, so that overlapping waits stay linear. */
export const MAX_CHANGES_READ = 400;
