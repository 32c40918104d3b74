import { MAX_NODES } from './limits.ts';
import { type AttributeChange, type NodeAdd, NodeKind, type PageChange, type StyleChanges } from './page-change.ts';
import { asFields, asId, asList, asText, type Complain, type Fields, readNodes } from './read-node.ts';

/** Reads a DOM mutation; entries without the ids they need are left out, one complaint each. */
export function readMutation(data: Fields, nextOwnId: () => number, complain: Complain): PageChange {
  const each = <T>(list: unknown, read: (fields: Fields) => T | null): T[] => {
    const found: T[] = [];
    for (const entry of asList(list)) {
      const fields = asFields(entry);
      const value = fields && read(fields);
      if (value) found.push(value);
      else complain('malformed mutation');
    }
    return found;
  };
  let nodes = 0;
  return {
    kind: 'mutation',
    removes: each(data.removes, (fields) => {
      const id = asId(fields.id);
      return id ? { id, parent: asId(fields.parentId) } : null;
    }),
    adds: each(data.adds, (fields): NodeAdd | null => {
      const parent = asId(fields.parentId);
      if (!parent || nodes > MAX_NODES) return null;
      const deep = asFields(fields.node)?.type === NodeKind.Document;
      const added = readNodes(fields.node, deep, nextOwnId, complain);
      nodes += added.length;
      if (added.length === 0) return null;
      return { parent, next: sibling(fields.nextId), previous: sibling(fields.previousId), nodes: added };
    }),
    texts: each(data.texts, (fields) => {
      const id = asId(fields.id);
      return id ? { id, value: asText(fields.value) } : null;
    }),
    attributes: each(data.attributes, readAttributes),
  };
}

/** rrweb writes null for "none" and -1 for "not recorded yet". */
const sibling = (value: unknown): number => (value === -1 ? -1 : asId(value));

function readAttributes(fields: Fields): AttributeChange | null {
  const id = asId(fields.id);
  const recorded = asFields(fields.attributes);
  if (!id || !recorded) return null;
  const set: Record<string, string | null> = {};
  let style: StyleChanges | null = null;
  for (const [name, value] of Object.entries(recorded)) {
    if (name === '__proto__') continue;
    if (value === null) set[name] = null;
    else if (typeof value === 'string') set[name] = asText(value);
    else if (name === 'style') style = readStyle(value);
  }
  return { id, set, style };
}

function readStyle(value: unknown): StyleChanges {
  const changes: Record<string, StyleChanges[string]> = {};
  for (const [property, change] of Object.entries(asFields(value) ?? {})) {
    if (property === '__proto__') continue;
    if (change === false) changes[property] = false;
    else if (typeof change === 'string') changes[property] = asText(change);
    else if (Array.isArray(change)) changes[property] = [asText(change[0]), asText(change[1])];
  }
  return changes;
}
