/** What is known of one recorded node. */
export interface KnownNode {
  readonly id: number;
  /** Lower-case tag; empty for anything but elements. */
  readonly tag: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly parent: number | undefined;
  readonly children: ReadonlySet<number>;
}

interface MutableNode {
  id: number;
  tag: string;
  attributes: Record<string, unknown>;
  text: string;
  parent: number | undefined;
  children: Set<number>;
}

/** The recorded document as a table of nodes: enough to name what was clicked and to tell what lies inside what. */
export interface NodeDirectory {
  /** Takes in a full snapshot. */
  load(root: unknown): void;
  add(node: unknown, parent: number): void;
  remove(id: number): void;
  setText(id: number, text: unknown): void;
  setAttributes(id: number, changed: Readonly<Record<string, unknown>>): void;
  get(id: number): KnownNode | undefined;
  parentOf(id: number): number | undefined;
  /** Whether `node` is `ancestor` or lies inside it; false when either is unknown. */
  contains(ancestor: number, node: number): boolean;
}

/** Recordings are hostile: a made-up parent chain may be endless. */
const MAX_DEPTH = 512;
const MAX_KEPT_TEXT = 200;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Makes an empty directory. Tolerates any input; what does not read as a node is left out with what is in it. */
export function createNodeDirectory(): NodeDirectory {
  const nodes = new Map<number, MutableNode>();

  const detach = (node: MutableNode): void => {
    if (node.parent !== undefined) nodes.get(node.parent)?.children.delete(node.id);
  };

  const add = (root: unknown, parent: number | undefined, fresh: boolean): void => {
    const queue: { value: unknown; parent: number | undefined }[] = [{ value: root, parent }];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { value } = next;
      if (!isRecord(value) || typeof value.id !== 'number') continue;
      const known = nodes.get(value.id);
      if (known) detach(known);
      nodes.set(value.id, {
        id: value.id,
        tag: value.type === 2 && typeof value.tagName === 'string' ? value.tagName.toLowerCase() : '',
        attributes: isRecord(value.attributes) ? { ...value.attributes } : {},
        text: typeof value.textContent === 'string' ? value.textContent.slice(0, MAX_KEPT_TEXT) : '',
        parent: next.parent,
        children: fresh ? new Set() : (known?.children ?? new Set()),
      });
      if (next.parent !== undefined) nodes.get(next.parent)?.children.add(value.id);
      if (!Array.isArray(value.childNodes)) continue;
      // Last first, because the queue is a stack: children keep their order.
      for (let i = value.childNodes.length - 1; i >= 0; i -= 1) {
        queue.push({ value: value.childNodes[i], parent: value.id });
      }
    }
  };

  return {
    // Nodes of an earlier snapshot stay known: what was clicked then is still asked for at the end.
    load: (root) => add(root, undefined, true),
    add: (node, parent) => add(node, parent, false),
    remove(id) {
      // The node stays known with its parent: what was clicked may be gone when it is asked for.
      const node = nodes.get(id);
      if (node) detach(node);
    },
    setText(id, text) {
      const node = nodes.get(id);
      if (node && typeof text === 'string') node.text = text.slice(0, MAX_KEPT_TEXT);
    },
    setAttributes(id, changed) {
      const node = nodes.get(id);
      if (!node) return;
      for (const [name, value] of Object.entries(changed)) {
        if (value === null) delete node.attributes[name];
        else node.attributes[name] = value;
      }
    },
    get: (id) => nodes.get(id),
    parentOf: (id) => nodes.get(id)?.parent,
    contains(ancestor, node) {
      let current: number | undefined = node;
      for (let depth = 0; depth < MAX_DEPTH && current !== undefined && nodes.has(current); depth += 1) {
        if (current === ancestor) return true;
        current = nodes.get(current)?.parent;
      }
      return false;
    },
  };
}
