/** Nodes of one page. Chromium lays out 200,000 siblings in seconds; beyond a million a page is an attack. */
export const MAX_NODES = 1_000_000;

/** Levels of one page. Building and layout recurse; 2,000 levels were seen to work, real pages stay below 100. */
export const MAX_DEPTH = 1_000;

/** Characters of one text or attribute (inlined images are the longest honest ones). */
export const MAX_TEXT = 16 * 1024 * 1024;

/** Side of the recorded window in CSS pixels: the largest surface Chromium paints without splitting. */
export const MAX_VIEWPORT = 16_384;

/** A scroll position beyond this is clamped by Chromium itself. */
export const MAX_SCROLL = 33_554_428;

/** A year: the longest session and the largest offset the frame's messages can carry. */
export const MAX_DURATION_MS = 31_536_000_000;

/** The recorded window where the recording does not say: the size Chromium gives an automated one. */
export const DEFAULT_VIEWPORT = { width: 1280, height: 720 };
