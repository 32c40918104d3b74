/** Entries per block: a fork copies only the blocks it writes to, so small blocks copy little and large ones compare fast. */
const BLOCK = 64;

interface Block<T> {
  readonly owner: object;
  readonly entries: (T | undefined)[];
}

/**
 * A map from positive integers to values that are never changed in place. Forks share everything until one side writes,
 * and two versions can be compared in time proportional to what differs (and to the number of blocks).
 */
export class VersionedTable<T> {
  private readonly blocks: Map<number, Block<T>>;
  private owner = {};
  private count: number;

  constructor(from?: VersionedTable<T>) {
    this.blocks = new Map(from?.blocks);
    this.count = from?.count ?? 0;
  }

  /** A copy; from now on neither side sees what the other writes. */
  fork(): VersionedTable<T> {
    this.owner = {};
    return new VersionedTable(this);
  }

  get size(): number {
    return this.count;
  }

  get(id: number): T | undefined {
    return this.blocks.get(Math.floor(id / BLOCK))?.entries[id % BLOCK];
  }

  /** `undefined` takes the entry out. */
  set(id: number, value: T | undefined): void {
    const key = Math.floor(id / BLOCK);
    let block = this.blocks.get(key);
    if (!block || block.owner !== this.owner) {
      if (!block && value === undefined) return;
      block = { owner: this.owner, entries: block ? [...block.entries] : [] };
      this.blocks.set(key, block);
    }
    this.count += Number(value !== undefined) - Number(block.entries[id % BLOCK] !== undefined);
    block.entries[id % BLOCK] = value;
  }

  /** Entries by rising block, then id. */
  *entries(): IterableIterator<[number, T]> {
    for (const [key, block] of this.blocks) {
      for (let i = 0; i < BLOCK; i++) {
        const value = block.entries[i];
        if (value !== undefined) yield [key * BLOCK + i, value];
      }
    }
  }

  /** Every id whose value is not the same object in both versions. */
  static changed<T>(a: VersionedTable<T>, b: VersionedTable<T>): number[] {
    const ids: number[] = [];
    const compare = (key: number, left: Block<T> | undefined, right: Block<T> | undefined): void => {
      if (left === right) return;
      for (let i = 0; i < BLOCK; i++) if (left?.entries[i] !== right?.entries[i]) ids.push(key * BLOCK + i);
    };
    for (const [key, left] of a.blocks) compare(key, left, b.blocks.get(key));
    for (const [key, right] of b.blocks) if (!a.blocks.has(key)) compare(key, undefined, right);
    return ids;
  }
}
