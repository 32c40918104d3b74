/** Gives records of elements the ids that the recorded document has for them. */
export interface Nodes {
  /** rrweb's id of a node, -1 when it does not know it (yet). */
  idOf(node: Node): number;
  /** The same record with its id, which may be filled in later: what is recorded is not yet written then. */
  named<T extends { node: number }>(record: T, node: Node): T;
  /** From now on ids are known. */
  known(idOf: (node: Node) => number): void;
}

/** Elements used before the document is recorded: a person does not use more. */
const MAX_WAITING = 1_000;

/** See `Nodes`. */
export function createNodes(): Nodes {
  let find: ((node: Node) => number) | undefined;
  let waiting: { readonly record: { node: number }; readonly node: Node }[] = [];
  const idOf = (node: Node): number => find?.(node) ?? -1;
  return {
    idOf,
    named(record, node) {
      record.node = idOf(node);
      if (!find && waiting.length < MAX_WAITING) waiting.push({ record, node });
      return record;
    },
    known(now) {
      find = now;
      for (const { record, node } of waiting) record.node = idOf(node);
      waiting = [];
    },
  };
}
