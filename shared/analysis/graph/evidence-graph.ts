import type { SignalKind } from '../../model/signal.ts';

/** What an edge of the evidence graph says. */
export type EdgeType =
  | 'triggered' // an act started a request, a submit or a page
  | 'initiated' // a page started a request
  | 'broke' // an error in a backend led to a request's failure
  | 'failed_with' // a request that failed led to an error
  | 'threw' // an act, or the use of an answer, led to an error
  | 'rendered' // an answer changed the DOM
  | 'blocked' // a click was taken by something that lies over the element meant
  | 'superseded' // an answer was overtaken by that of a later request
  | 'preceded'; // the same was done again

/** Worth of a link, by what it rests on. A link of at least `token` is a recorded fact. */
export const STRENGTH = { identity: 1, token: 0.9, stack: 0.8, key: 0.6, time: 0.4, loose: 0.2, faint: 0.1 } as const;

/** A node: a signal, or something seen through one (`s7:dom` is the DOM change after it, `s7:beneath` what lay under it). */
export interface GraphNode {
  readonly id: string;
  readonly kind: SignalKind | 'dom' | 'element';
  readonly at: number;
  /** The signal it rests on. */
  readonly signal: string;
}

/** One justified link between two nodes. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly type: EdgeType;
  readonly rule: string;
  readonly strength: number;
  readonly why: string;
  /** Ids of the signals that justify it. */
  readonly evidence: readonly string[];
}

/** What followed from what in one session. */
export interface EvidenceGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: readonly Edge[];
  /** Edges that leave a node, in the order they were found; of one type where given. */
  out(id: string, type?: EdgeType): readonly Edge[];
  /** Edges that arrive at a node. */
  in(id: string, type?: EdgeType): readonly Edge[];
}

/** Collects nodes and edges. */
export interface GraphBuilder {
  node(node: GraphNode): void;
  edge(edge: Edge): void;
  finish(): EvidenceGraph;
}

const NONE: readonly Edge[] = [];

type Lists = Map<string, Map<EdgeType | 'any', Edge[]>>;

/** An empty graph to fill. */
export function createGraphBuilder(): GraphBuilder {
  const nodes = new Map<string, GraphNode>();
  const edges: Edge[] = [];
  const outgoing: Lists = new Map();
  const incoming: Lists = new Map();
  const file = (lists: Lists, id: string, edge: Edge): void => {
    const byType = lists.get(id) ?? new Map<EdgeType | 'any', Edge[]>();
    lists.set(id, byType);
    for (const type of [edge.type, 'any'] as const) {
      const list = byType.get(type);
      if (list) list.push(edge);
      else byType.set(type, [edge]);
    }
  };
  const of = (lists: Lists, id: string, type: EdgeType | 'any' = 'any'): readonly Edge[] =>
    lists.get(id)?.get(type) ?? NONE;
  return {
    node: (node) => void nodes.set(node.id, node),
    edge(edge) {
      edges.push(edge);
      file(outgoing, edge.from, edge);
      file(incoming, edge.to, edge);
    },
    finish: () => ({
      nodes,
      edges,
      out: (id, type) => of(outgoing, id, type),
      in: (id, type) => of(incoming, id, type),
    }),
  };
}
