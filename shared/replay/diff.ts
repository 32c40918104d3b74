import { EventType, type RecordedEvent } from '../model/recorded-event.ts';
import { emitAdds, emitFrames, emitKept, emitRemoves, emitStyles, emptyMutation, isEmpty } from './emit-mutation.ts';
import { emitNested } from './emit-node.ts';
import { type EmittedData, emitAdopted, emitFonts, emitInputs, emitRules, emitScrolls } from './emit-state.ts';
import { type Difference, findDifference } from './find-fresh.ts';
import { DEFAULT_VIEWPORT } from './limits.ts';
import type { Tree } from './tree.ts';

/** Above this share of nodes to build, one full snapshot is cheaper than single adds. */
const FULL_SHARE = 0.6;

/** How to turn the page on the screen into another version of it. */
export interface Patch {
  /** rrweb events, to be applied in order; nothing else holds a reference to them. */
  readonly events: RecordedEvent[];
  /** Nodes that rrweb's own table must forget before: it would take them for those that come. */
  readonly stale: number[];
  /** The whole page is built anew. */
  readonly full: boolean;
  /** Nodes that are built. */
  readonly built: number;
}

export interface PatchOptions {
  /** Time that the events carry. */
  readonly timestamp: number;
  /** Whether every scroll position is set again (after a jump) or only those that changed (in play). */
  readonly scrollAll: boolean;
}

/**
 * The difference of two versions of a page, written as rrweb events, so that rrweb builds the nodes and stays right about
 * them. `from` is what is on the screen; null, or another page's tree, means nothing of use.
 */
export function patch(from: Tree | null, to: Tree, { timestamp, scrollAll }: PatchOptions): Patch {
  const out: EmittedData[] = [];
  const size = to.viewport ?? DEFAULT_VIEWPORT;
  const shown = from && (from.viewport ?? DEFAULT_VIEWPORT);
  if (shown?.width !== size.width || shown.height !== size.height) out.push({ source: 4, ...size });
  const same = from !== null && from.root === to.root && to.root !== 0 ? findDifference(from, to) : null;
  const whole = same === null || same.fresh.size > to.size * FULL_SHARE || touchesRoot(to, same);
  const events: RecordedEvent[] = [];
  const mutation = emptyMutation();
  let stale: number[] = [];
  if (to.root === 0) return { events: out.map(incremental), stale, full: false, built: 0 };

  const before = whole ? null : from;
  const difference: Difference = whole ? everything(to) : same;
  if (before) {
    stale = emitRemoves(before, to, difference, mutation);
    emitAdds(to, difference.fresh, mutation);
    emitKept(before, to, difference, mutation);
  } else {
    events.push(snapshot(to));
  }
  for (const id of difference.fresh) {
    const node = to.get(id);
    if (node) emitStyles(node, mutation);
  }
  if (!isEmpty(mutation)) out.push({ ...mutation });
  emitRules(null, to, difference.fresh, out);
  if (before) emitRules(before, to, keptOf(difference), out);
  emitInputs(before, to, difference, out);
  emitAdopted(before, to, difference.fresh, out);
  emitFonts(before, to, out);
  const moved = mutation.adds.length + mutation.removes.length > 0;
  emitScrolls(before, to, difference.fresh, !before || (scrollAll && moved), out);
  events.push(...out.map(incremental));
  return { events, stale, full: whole, built: difference.fresh.size };

  function incremental(data: EmittedData): RecordedEvent {
    return { type: EventType.Incremental, timestamp, data };
  }

  function snapshot(tree: Tree): RecordedEvent {
    const root = tree.get(tree.root);
    const scroll = tree.scrolls.get(tree.root);
    const nested = root && emitNested(tree, root);
    emitFrames(tree, nested?.frames ?? [], mutation);
    const initialOffset = { left: scroll?.x ?? 0, top: scroll?.y ?? 0 };
    return { type: EventType.FullSnapshot, timestamp, data: { node: nested?.node, initialOffset } };
  }
}

const everything = (to: Tree): Difference => ({ changed: [], fresh: new Set(to.subtree(to.root)) });

const keptOf = ({ changed, fresh }: Difference): number[] => changed.filter((id) => !fresh.has(id));

/** A page's own element or doctype cannot be exchanged without losing what rrweb keeps there. */
function touchesRoot(to: Tree, { fresh }: Difference): boolean {
  for (const child of to.children(to.root)) if (fresh.has(child.id)) return true;
  return fresh.has(to.root);
}
