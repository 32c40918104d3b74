import type { ContentPolicy } from './sanitise.ts';

const NOTHING = {};

/**
 * Lets a page into the mirror as it was recorded. Only for pages that are read as text: what is built into a document goes
 * through `createStrictPolicy`.
 */
export const AS_RECORDED: ContentPolicy = {
  tag: (tag) => tag,
  attribute: (_tag, _name, value) => value,
  forced: () => NOTHING,
  css: (text) => text,
};
