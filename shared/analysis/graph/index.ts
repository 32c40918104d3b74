import type { CaseFile } from '../case-file.ts';
import { addBackendEdges } from './backend-edges.ts';
import { addErrorEdges } from './error-edges.ts';
import { createGraphBuilder, type EvidenceGraph } from './evidence-graph.ts';
import { addOrderEdges } from './order-edges.ts';
import { addRenderEdges } from './render-edges.ts';
import { addRepeatEdges } from './repeat-edges.ts';
import { addTriggerEdges } from './trigger-edges.ts';

export { type Edge, type EdgeType, type EvidenceGraph, type GraphNode, STRENGTH } from './evidence-graph.ts';

/** Builds the evidence graph of a session: recorded ids first, time only where nothing better is there. O(n log n). */
export function buildGraph(file: CaseFile): EvidenceGraph {
  const graph = createGraphBuilder();
  const lists = [file.clicks, file.submits, file.requests, file.errors, file.consoles, file.pages, file.backends];
  for (const { id, kind, at } of lists.flat()) graph.node({ id, kind, at, signal: id });
  addTriggerEdges(file, graph);
  addErrorEdges(file, graph);
  addBackendEdges(file, graph);
  addRenderEdges(file, graph);
  addOrderEdges(file, graph);
  addRepeatEdges(file, graph);
  return graph.finish();
}
