import { MAX_DEPTH, MAX_NODES } from './limits.ts';
import { append, type Log } from './log.ts';
import {
  type Attributes,
  type FlatNode,
  type NodeAdd,
  NodeKind,
  type NodeShape,
  type RecordedFont,
  type RuleChange,
  type SheetRules,
  type StyleChanges,
} from './page-change.ts';
import type { Complain } from './read-node.ts';
import type { AttributeValue, ContentPolicy } from './sanitise.ts';
import { VersionedTable } from './versioned-table.ts';

/** One node of the mirrored page. Never changed, only replaced. Ids name other nodes; 0 is none. */
export interface MirrorNode {
  readonly id: number;
  readonly shape: NodeShape;
  readonly parent: number;
  readonly previous: number;
  readonly next: number;
  readonly first: number;
  readonly last: number;
  readonly attributes: Attributes;
  /** Changes of single style properties since the style attribute was last set, oldest first. */
  readonly styles: StyleChanges | null;
  readonly text: string;
  /** What the person last entered; null while the attributes alone say it. */
  readonly input: { readonly text: string; readonly isChecked: boolean } | null;
  /** What scripts did to the element's style sheet since its text was last set. */
  readonly rules: Log<RuleChange> | null;
}

/** A style sheet made by script; it can be used in the document it was made in only. */
export interface ConstructedSheet {
  readonly document: number;
  readonly rules: SheetRules['rules'];
  readonly changes: Log<RuleChange> | null;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** What a tree needs from outside: what may enter it, and who hears of what did not. */
export interface TreeRules {
  readonly policy: ContentPolicy;
  readonly complain: Complain;
}

/**
 * The recorded page as data: no DOM, safe by construction (everything passes the content policy on its way in), cheap
 * to fork. One tree is the page at one moment. Structure only; `applyChange` says what recorded events do to it.
 */
export class Tree {
  root = 0;
  viewport: { readonly width: number; readonly height: number } | null = null;
  fonts: Log<RecordedFont> | null = null;
  /** Pages of frames that came before the frame's element. */
  waitingDocuments: readonly NodeAdd[] = [];

  readonly rules: TreeRules;
  nodes: VersionedTable<MirrorNode>;
  scrolls: VersionedTable<Position>;
  sheets: VersionedTable<ConstructedSheet>;
  adopted: VersionedTable<readonly number[]>;

  constructor(rules: TreeRules) {
    this.rules = rules;
    this.nodes = new VersionedTable();
    this.scrolls = new VersionedTable();
    this.sheets = new VersionedTable();
    this.adopted = new VersionedTable();
  }

  /** A copy that shares everything until one side changes it. */
  fork(): Tree {
    const copy = new Tree(this.rules);
    copy.root = this.root;
    copy.viewport = this.viewport;
    copy.fonts = this.fonts;
    copy.waitingDocuments = this.waitingDocuments;
    copy.nodes = this.nodes.fork();
    copy.scrolls = this.scrolls.fork();
    copy.sheets = this.sheets.fork();
    copy.adopted = this.adopted.fork();
    return copy;
  }

  get size(): number {
    return this.nodes.size;
  }

  get(id: number): MirrorNode | undefined {
    return this.nodes.get(id);
  }

  tagOf(id: number): string {
    return this.get(id)?.shape.tag ?? '';
  }

  /** Children in order; shadow children are among them, in order of their own. */
  *children(id: number): IterableIterator<MirrorNode> {
    let at = this.get(this.get(id)?.first ?? 0);
    while (at) {
      yield at;
      at = this.get(at.next);
    }
  }

  /** The node and all below it, parents before children, without recursion. */
  subtree(id: number): number[] {
    const ids = this.get(id) ? [id] : [];
    for (let i = 0; i < ids.length; i++) for (const child of this.children(ids[i] ?? 0)) ids.push(child.id);
    return ids;
  }

  patch(id: number, change: Partial<MirrorNode>): void {
    const node = this.get(id);
    if (node) this.nodes.set(id, { ...node, ...change });
  }

  /** Forgets the page and everything on it; the window's size and fonts stay. */
  clear(): void {
    this.root = 0;
    this.nodes = new VersionedTable();
    this.scrolls = new VersionedTable();
    this.sheets = new VersionedTable();
    this.adopted = new VersionedTable();
    this.waitingDocuments = [];
  }

  /** Puts a checked node that has no place yet below `parent`, before `before` (0: at the end). */
  create(node: FlatNode, parent: number, before: number): boolean {
    if (this.get(node.id)) this.remove(node.id);
    if (this.size >= MAX_NODES) return this.refuse('page with too many nodes');
    const { policy } = this.rules;
    const tag = node.shape.tag && policy.tag(node.shape.tag, node.shape.svg);
    const host = node.shape.host && canHostShadow(tag);
    const custom = node.shape.custom && isCustomName(tag);
    const shape =
      tag === node.shape.tag && host === node.shape.host && custom === node.shape.custom
        ? node.shape
        : { ...node.shape, tag, host, custom };
    this.nodes.set(node.id, {
      id: node.id,
      shape,
      parent: 0,
      previous: 0,
      next: 0,
      first: 0,
      last: 0,
      attributes: this.allow(tag, node.attributes),
      styles: null,
      text: tag === '' && this.tagOf(parent) === 'style' ? policy.css(node.text) : node.text,
      input: null,
      rules: null,
    });
    if (parent !== 0) this.link(node.id, parent, before);
    return true;
  }

  /** What the policy leaves of a node's attributes. */
  allow(tag: string, attributes: Attributes): Attributes {
    const kept: Record<string, AttributeValue> = {};
    for (const [name, value] of Object.entries(attributes)) {
      const safe = this.rules.policy.attribute(tag, name, value);
      if (safe !== null) kept[name] = safe;
    }
    return Object.assign(kept, this.rules.policy.forced(tag));
  }

  /** Hangs a loose node below `parent`, before `before` (0: at the end). */
  link(id: number, parent: number, before: number): void {
    const owner = this.get(parent);
    if (!owner) return;
    const next = before && this.get(before)?.parent === parent ? before : 0;
    const previous = next ? (this.get(next)?.previous ?? 0) : owner.last;
    this.patch(id, { parent, previous, next });
    if (previous) this.patch(previous, { next: id });
    else this.patch(parent, { first: id });
    if (next) this.patch(next, { previous: id });
    else this.patch(parent, { last: id });
  }

  /** Takes a node out of its place; it and what is below it stay known. */
  unlink(id: number): void {
    const node = this.get(id);
    if (!node?.parent) return;
    if (node.previous) this.patch(node.previous, { next: node.next });
    else this.patch(node.parent, { first: node.next });
    if (node.next) this.patch(node.next, { previous: node.previous });
    else this.patch(node.parent, { last: node.previous });
    this.patch(id, { parent: 0, previous: 0, next: 0 });
  }

  /** Takes a node away with all below it. */
  remove(id: number): void {
    this.unlink(id);
    for (const gone of this.subtree(id)) {
      this.nodes.set(gone, undefined);
      this.scrolls.set(gone, undefined);
      this.adopted.set(gone, undefined);
    }
  }

  /** Levels above the node, up to and beyond the cap. */
  depthOf(id: number): number {
    let depth = 0;
    for (let at = this.get(id); at && depth <= MAX_DEPTH; at = this.get(at.parent)) depth++;
    return depth;
  }

  isWithin(id: number, ancestor: number): boolean {
    for (let at = this.get(id); at; at = this.get(at.parent)) if (at.id === ancestor) return true;
    return false;
  }

  /** The document the node belongs to: the page itself, or the page of a frame. */
  documentOf(id: number): number {
    let at = this.get(id);
    while (at && at.shape.kind !== NodeKind.Document) at = this.get(at.parent);
    return at?.id ?? 0;
  }

  isFrameDocument(id: number): boolean {
    return id !== this.root && this.get(id)?.shape.kind === NodeKind.Document;
  }

  addRule(id: number, change: RuleChange): void {
    const node = this.get(id);
    const hasSheet = node?.shape.tag === 'style' || node?.shape.tag === 'link';
    if (hasSheet) this.patch(id, { rules: append(node.rules, change) });
  }

  refuse(reason: string): false {
    this.rules.complain(reason);
    return false;
  }
}

/** The elements on which `attachShadow` does not throw (DOM standard). */
const SHADOW_HOSTS = new Set(
  'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(' '),
);
const RESERVED_NAMES = new Set(
  'annotation-xml color-profile font-face font-face-src font-face-uri font-face-format font-face-name missing-glyph'.split(
    ' ',
  ),
);

/** A name that `customElements.define` takes. */
export const isCustomName = (tag: string): boolean =>
  /^[a-z][a-z0-9._]*-[a-z0-9._-]*$/.test(tag) && !RESERVED_NAMES.has(tag);

export const canHostShadow = (tag: string): boolean => SHADOW_HOSTS.has(tag) || isCustomName(tag);
