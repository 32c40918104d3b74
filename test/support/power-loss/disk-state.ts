import { dirname } from 'node:path';
import type { Random } from '../shop-random.ts';
import type { DiskEvent } from './trace.ts';

/** Content of a folder: bytes by path. */
export type Folder = ReadonlyMap<string, Buffer>;

type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly length: number };

/** A file, whatever its name is at the moment: what surely is on the disk, and what may be. */
interface Content {
  safe: Buffer;
  pending: Change[];
  isDsync: boolean;
  /** Where a write without a place of its own goes. */
  cursor: number;
}

/** A change of names. */
interface NameChange {
  readonly folder: string;
  apply(names: Map<string, Content>): void;
}

const SECTOR_BYTES = 512;

/**
 * A state that a power cut at `cutAt` may leave: synced bytes and names are there; of what was not synced a beginning is, or any part of
 * it, and of each write any of its sectors.
 */
export function stateAfterCut(before: Folder, events: readonly DiskEvent[], cutAt: number, random: Random): Folder {
  const contents = new Map([...before].map(([path, bytes]) => [path, contentOf(bytes)]));
  const names = new Map(contents);
  const safeNames = new Map(contents);
  let waiting: NameChange[] = [];
  const rename = (change: NameChange): void => {
    change.apply(names);
    waiting.push(change);
  };
  for (const event of events) {
    if (event.at > cutAt) break;
    const { path } = event;
    const file = names.get(path);
    switch (event.kind) {
      case 'open':
        if (!file && event.creates) {
          const made = contentOf(Buffer.alloc(0));
          made.isDsync = event.isDsync;
          rename({ folder: dirname(path), apply: (to) => void to.set(path, made) });
        } else if (file) {
          file.isDsync = event.isDsync;
          file.cursor = 0;
          if (event.truncates) file.pending.push({ kind: 'truncate', length: 0 });
        }
        break;
      case 'write':
        if (!file) break;
        file.pending.push({ kind: 'write', offset: event.offset ?? file.cursor, bytes: event.bytes });
        if (event.offset === null) file.cursor += event.bytes.length;
        if (file.isDsync && event.end <= cutAt) settle(file);
        break;
      case 'truncate':
        file?.pending.push({ kind: 'truncate', length: event.length });
        break;
      case 'sync':
        if (event.end > cutAt) break;
        if (file) settle(file);
        else {
          for (const change of waiting) if (change.folder === path) change.apply(safeNames);
          waiting = waiting.filter(({ folder }) => folder !== path);
        }
        break;
      case 'rename': {
        const { to } = event;
        rename({
          folder: dirname(to),
          apply: (map) => {
            const moved = map.get(path) ?? file;
            map.delete(path);
            if (moved) map.set(to, moved);
          },
        });
        break;
      }
      case 'unlink':
        rename({ folder: dirname(path), apply: (map) => void map.delete(path) });
    }
  }
  for (const change of waiting.slice(0, random.between(0, waiting.length))) change.apply(safeNames);
  return new Map([...safeNames].map(([path, content]) => [path, afterCut(content, random)]));
}

const contentOf = (bytes: Buffer): Content => ({ safe: bytes, pending: [], isDsync: false, cursor: 0 });

function settle(file: Content): void {
  for (const change of file.pending) file.safe = applied(file.safe, change);
  file.pending = [];
}

function applied(bytes: Buffer, change: Change): Buffer {
  if (change.kind === 'truncate') {
    const cut = Buffer.alloc(change.length);
    bytes.copy(cut);
    return cut;
  }
  const end = change.offset + change.bytes.length;
  const grown = end > bytes.length ? Buffer.concat([bytes, Buffer.alloc(end - bytes.length)]) : Buffer.from(bytes);
  change.bytes.copy(grown, change.offset);
  return grown;
}

function afterCut({ safe, pending }: Content, random: Random): Buffer {
  // A disk mostly writes in order and stops somewhere; now and then it had its own order.
  const isOrdered = random.chance(0.6);
  const length = random.between(0, pending.length);
  const kept = isOrdered ? pending.slice(0, length) : pending.filter(() => random.chance(0.5));
  return kept.reduce((bytes, change, at) => {
    const isTorn = isOrdered ? at === kept.length - 1 && random.chance(0.7) : random.chance(0.3);
    return isTorn && change.kind === 'write' ? torn(bytes, change, random) : applied(bytes, change);
  }, safe);
}

/** Any of the sectors of a write. */
function torn(bytes: Buffer, { offset, bytes: data }: Change & { kind: 'write' }, random: Random): Buffer {
  let result = bytes;
  for (let at = 0; at < data.length; ) {
    const end = Math.min(data.length, at + SECTOR_BYTES - ((offset + at) % SECTOR_BYTES));
    const piece: Change = { kind: 'write', offset: offset + at, bytes: data.subarray(at, end) };
    if (random.chance(0.5)) result = applied(result, piece);
    at = end;
  }
  return result;
}
