/** Limits of one group. */
export interface GroupCaps<Item> {
  readonly items: number;
  readonly bytes: number;
  bytesOf(item: Item): number;
  /** Whether an item begins a group: what came before it is committed before. */
  beginsGroup?(item: Item): boolean;
}

/** Many callers, one commit: what arrives while a commit runs shares the next one. */
export interface GroupCommit<Item, Result> {
  /** Resolves when the item's group is committed. @throws what the commit of its group threw. */
  add(item: Item): Promise<Result>;
  /** Resolves when nothing is under way. */
  settle(): Promise<void>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

/** Groups items in the order they arrive; `commit` answers one result per item and never runs twice at a time. */
export function createGroupCommit<Item, Result>(
  caps: GroupCaps<Item>,
  commit: (items: readonly Item[]) => Promise<readonly Result[]>,
): GroupCommit<Item, Result> {
  const queue: Waiting<Item, Result>[] = [];
  let running: Promise<void> | undefined;

  function takeGroup(): Waiting<Item, Result>[] {
    let length = 0;
    let bytes = 0;
    for (const { item } of queue) {
      bytes += caps.bytesOf(item);
      if (length > 0 && (length >= caps.items || bytes > caps.bytes || caps.beginsGroup?.(item))) break;
      length += 1;
    }
    return queue.splice(0, length);
  }

  async function commitGroup(group: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(group.map((waiting) => waiting.item));
      if (results.length !== group.length) throw new Error(`${results.length} results for ${group.length} items.`);
      group.forEach((waiting, at) => {
        waiting.resolve(results[at] as Result); // the length was checked
      });
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    }
  }

  async function drain(): Promise<void> {
    // What the sockets deliver in this turn of the event loop joins the first group.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (queue.length > 0) await commitGroup(takeGroup());
    running = undefined;
  }

  return {
    add: (item) =>
      new Promise<Result>((resolve, reject) => {
        queue.push({ item, resolve, reject });
        running ??= drain();
      }),
    settle: async () => {
      while (running) await running;
    },
  };
}
