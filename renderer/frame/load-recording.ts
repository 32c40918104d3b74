import { frameCalls } from '../../shared/ipc/frame-calls.ts';
import { messageOf } from '../../shared/lib/app-error.ts';
import { unwrap } from '../../shared/lib/result.ts';
import type { ChunkInfo } from '../../shared/model/session.ts';
import { loadOrder, type Span, spanOf } from '../../shared/replay/timeline.ts';
import type { RpcClient } from '../../shared/rpc/rpc.ts';
import type { Mirror } from './mirror-client.ts';
import type { Found } from './mirror-messages.ts';

/** Chunks asked for ahead of the one being indexed, so that reading and indexing overlap. */
const AHEAD = 3;

/** How loading goes on. */
export interface LoadProgress {
  readonly found: Found;
  /** Everything before this time is there; infinite when all is. */
  readonly loadedMs: number;
  /** What could not be read, in words. */
  readonly problems: readonly string[];
}

/**
 * Loads a recording into the mirror, what is played first coming first. A chunk that cannot be read is told and left out.
 * @returns its chunks.
 */
export async function loadRecording(
  data: RpcClient,
  mirror: Mirror,
  hear: { span(span: Span): void; progress(progress: LoadProgress): void },
): Promise<readonly ChunkInfo[]> {
  const chunks = frameCalls['frame.chunks'].output.parse(unwrap(await data.call('frame.chunks', undefined)));
  const span = spanOf(chunks);
  hear.span(span);
  await mirror.open(span.startAt);
  await loadChunks(data, mirror, chunks, span.startAt, hear.progress);
  return chunks;
}

/** Adds chunks to the mirror. @param startAt zero of the recording, ms since epoch. */
export async function loadChunks(
  data: RpcClient,
  mirror: Mirror,
  chunks: readonly ChunkInfo[],
  startAt: number,
  tell: (progress: LoadProgress) => void,
): Promise<void> {
  const order = loadOrder(chunks);
  const problems: string[] = [];
  let found: Found = {
    hasPage: false,
    blocked: { count: 0, urls: [] },
    repaired: { count: 0, reasons: [] },
  };
  const coming = order.slice(0, AHEAD).map((chunk) => fetchChunk(data, chunk));
  for (const [at, chunk] of order.entries()) {
    const further = order[at + AHEAD];
    if (further) coming.push(fetchChunk(data, further));
    try {
      const bytes = await coming[at];
      if (bytes) found = await mirror.add(chunk, bytes);
    } catch (error) {
      problems.push(messageOf(error));
    }
    const next = order[at + 1];
    const loadedMs = next ? Math.max(0, next.fromAt - startAt) : Number.POSITIVE_INFINITY;
    tell({ found, loadedMs, problems });
  }
  if (order.length === 0) tell({ found, loadedMs: Number.POSITIVE_INFINITY, problems });
}

function fetchChunk(data: RpcClient, { index }: ChunkInfo): Promise<Uint8Array> {
  const answer = data
    .call('frame.chunk', { index })
    .then((result) => frameCalls['frame.chunk'].output.parse(unwrap(result)));
  answer.catch(() => {}); // heard where it is awaited, which may be later
  return answer;
}
