import { AppError } from '../../../../shared/lib/app-error.ts';
import { findInOutline, outline, pathTo } from '../../../../shared/replay/outline.ts';
import type { RecordingIndex, View } from '../../../../shared/replay/recording-index.ts';
import type { RecordingLayout } from '../../store/store-api.ts';
import { readStoredChunk } from '../read-session.ts';
import { type EventTable, readEventTable } from './event-table.ts';
import { createGradual, type Gradual } from './gradual.ts';
import type { Inspected, Inspector } from './inspector-api.ts';
import { readPageIndex } from './page-index.ts';

/** Longest JSON of an event that is handed out, in characters: more than this no editor shows with pleasure. */
const MAX_JSON = 2_000_000;

/** A recording that is looked at. */
interface Opened {
  readonly of: string;
  readonly table: Gradual<EventTable>;
  readonly pages: Gradual<RecordingIndex>;
  /** The last page that was looked at: a later one is a short way from it. */
  view: View | null;
}

const identityOf = ({ key, layout }: Inspected): string => `${key} ${layout.chunks.length}`;

/** Looks into recordings. What it read of the last one is kept, so that the next question is answered at once. */
export function createInspector(): Inspector {
  let opened: Opened | null = null;
  const running = new Map<number, AbortController>();

  function open(inspected: Inspected): Opened {
    const of = identityOf(inspected);
    if (opened?.of !== of) {
      const { layout } = inspected;
      opened = {
        of,
        table: createGradual(readEventTable(layout)),
        pages: createGradual(readPageIndex(layout)),
        view: null,
      };
    }
    return opened;
  }

  async function asked<T>(inspected: Inspected, answer: (at: Opened, signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    running.set(inspected.id, controller);
    try {
      return await answer(open(inspected), controller.signal);
    } finally {
      running.delete(inspected.id);
    }
  }

  async function viewAt(at: Opened, atMs: number, signal: AbortSignal): Promise<View | null> {
    const index = await at.pages.get(signal);
    at.view = index.viewAt(atMs, at.view);
    return at.view;
  }

  return {
    elements: (input) =>
      asked(input, async (at, signal) => {
        const view = await viewAt(at, input.atMs, signal);
        if (!view) return { generation: null, rows: [], total: 0 };
        const toggled = new Set(view.generation === input.generation ? input.toggled : []);
        const { rows, total } = outline(view.moment.tree, toggled, input.offset, input.limit);
        return { generation: view.generation, rows: [...rows], total };
      }),
    findElements: (input) =>
      asked(input, async (at, signal) => {
        const view = await viewAt(at, input.atMs, signal);
        if (!view) return { generation: null, matches: [], total: 0 };
        const { tree } = view.moment;
        if ('node' in input.what) {
          const path = pathTo(tree, input.what.node);
          const matches = path ? [{ id: input.what.node, path }] : [];
          return { generation: view.generation, matches, total: matches.length };
        }
        const { matches, total } = findInOutline(tree, input.what.text, input.limit);
        return { generation: view.generation, matches: [...matches], total };
      }),
    events: (input) =>
      asked(input, async (at, signal) => {
        const table = await at.table.get(signal);
        const { rows, total } = table.page(input, input.offset, input.limit);
        return { rows: [...rows], total, kinds: [...table.kinds] };
      }),
    eventAt: (input) =>
      asked(input, async (at, signal) => ({ index: (await at.table.get(signal)).indexAt(input, input.atMs) })),
    event: async ({ layout, generation, seq }) => eventJson(layout, generation, seq),
    cancelInspection: ({ id }) => running.get(id)?.abort(),
  };
}

function eventJson(layout: RecordingLayout, generation: string, seq: number): { json: string; cut: boolean } {
  for (const chunk of layout.chunks) {
    if (chunk.generation !== generation || seq < chunk.firstSeq || seq >= chunk.firstSeq + chunk.count) continue;
    const found = readStoredChunk(layout.file, chunk).find((placed) => placed.seq === seq);
    if (!found) continue;
    const json = JSON.stringify(found.event, null, 2);
    return { json: json.slice(0, MAX_JSON), cut: json.length > MAX_JSON };
  }
  throw new AppError('not-found', 'This event is not in the recording any more.');
}
