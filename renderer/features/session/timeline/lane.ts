/** What the colour of an item says, from least to most important: what shares a pixel shows the most important. */
export const TONES = ['quiet', 'plain', 'good', 'accent', 'warning', 'frustration', 'error'] as const;
export type Tone = (typeof TONES)[number];

const RANKS = Object.fromEntries(TONES.map((tone, rank) => [tone, rank])) as Readonly<Record<Tone, number>>;

/** How important a tone is; larger is more. */
export const rankOf = (tone: Tone): number => RANKS[tone];

/** One thing on a lane. Times are ms from the start of the session; what takes no time ends when it begins. */
export interface LaneItem {
  /** Unique in its lane. */
  readonly id: string;
  readonly atMs: number;
  readonly endMs: number;
  readonly tone: Tone;
  readonly text: string;
  /** Line of the lane it is drawn on, from 0. */
  readonly row: number;
  /** rrweb node to outline when it is gone to; null for none. */
  readonly node: number | null;
}

/** Names of the lanes, in their order on the screen. */
export const LANE_IDS = [
  'navigation',
  'actions',
  'frustration',
  'console',
  'errors',
  'requests',
  'backend',
  'performance',
  'notes',
] as const;
export type LaneId = (typeof LANE_IDS)[number];

/** One line, or a few, of the timeline. */
export interface Lane {
  readonly id: LaneId;
  readonly label: string;
  /** By time of beginning. */
  readonly items: readonly LaneItem[];
  readonly rows: number;
  /** The longest of the items: nothing that began earlier than this before a moment reaches it, ms. */
  readonly longestMs: number;
}

const search = (items: readonly LaneItem[], isBefore: (atMs: number) => boolean): number => {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(items[middle]?.atMs ?? Number.POSITIVE_INFINITY)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Index of the first item that begins at or after `atMs`. */
export const firstFrom = (items: readonly LaneItem[], atMs: number): number => search(items, (at) => at < atMs);

/** Index of the first item that begins after `atMs`. */
export const firstAfter = (items: readonly LaneItem[], atMs: number): number => search(items, (at) => at <= atMs);

/** The item that began last at or before `atMs`; of several at once the last. Undefined when all come later. */
export const itemAt = ({ items }: Lane, atMs: number): LaneItem | undefined => items[firstAfter(items, atMs) - 1];

/** The next item that begins at another moment than `atMs`, forwards or backwards. */
export const neighbourOf = ({ items }: Lane, atMs: number, direction: 1 | -1): LaneItem | undefined =>
  items[direction > 0 ? firstAfter(items, atMs) : firstFrom(items, atMs) - 1];
