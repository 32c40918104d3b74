/** The part of a mutation record that tells one kind of change from another. */
export interface Change {
  readonly type: string;
  readonly target: Node;
  readonly attributeName: string | null;
  readonly addedNodes: { readonly length: number };
  readonly removedNodes: { readonly length: number };
}

/** Tells changes that happen all the time (a clock, a carousel) from those that follow an action. */
export interface SelfChanging {
  /** @param spontaneous whether no action had happened shortly before. */
  note(change: Change, at: number, spontaneous: boolean): void;
  has(change: Change, at: number): boolean;
}

/** A change counts as recurring when the same one happened so often without an action ... */
const RECURRENCES = 2;
/** ... not counting bursts of records from one update ... */
const APART_MS = 50;
/** ... and is forgotten when it stayed away for so long. */
const FORGET_MS = 10_000;
/** Changes inside an element whose children are replaced all the time: how far up to look. */
const LEVELS = 4;

interface Recurrence {
  count: number;
  at: number;
}

const signature = (change: Change): string =>
  `${change.type} ${change.attributeName ?? ''} ${change.addedNodes.length} ${change.removedNodes.length}`;

/** Keeps nothing alive: nodes are held weakly. */
export function createSelfChanging(): SelfChanging {
  const seen = new WeakMap<Node, Map<string, Recurrence>>();
  const recurs = (recurrence: Recurrence, at: number): boolean =>
    recurrence.count >= RECURRENCES && at - recurrence.at < FORGET_MS;
  return {
    note(change, at, spontaneous) {
      const changes = seen.get(change.target) ?? new Map<string, Recurrence>();
      const key = signature(change);
      const known = changes.get(key);
      if (!known || at - known.at >= FORGET_MS) {
        if (spontaneous) seen.set(change.target, changes.set(key, { count: 1, at }));
      } else if (at - known.at >= APART_MS) {
        if (spontaneous) known.count++;
        if (spontaneous || recurs(known, at)) known.at = at;
      }
    },
    has(change, at) {
      const own = seen.get(change.target)?.get(signature(change));
      if (own && recurs(own, at)) return true;
      let node: Node | null = change.target.parentNode;
      for (let level = 0; node && level < LEVELS; level++, node = node.parentNode) {
        for (const [key, recurrence] of seen.get(node) ?? []) {
          if (key.startsWith('childList') && recurs(recurrence, at)) return true;
        }
      }
      return false;
    },
  };
}
