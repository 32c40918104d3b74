import { frameCalls } from '../../shared/ipc/frame-calls.ts';
import { unwrap } from '../../shared/lib/result.ts';
import type { ChunkInfo } from '../../shared/model/session.ts';
import { type Span, spanOf } from '../../shared/replay/timeline.ts';
import type { RpcClient } from '../../shared/rpc/rpc.ts';
import { type LoadProgress, loadChunks } from './load-recording.ts';
import type { Mirror } from './mirror-client.ts';

/** What has come of each generation, up to which event without a gap it is known. */
interface Reach {
  readonly end: number;
  readonly hasGap: boolean;
}

/** Whether a chunk fills a gap, so that what came behind it has to be read again after it. */
const isLate = (reach: Reach | undefined, { firstSeq, count }: ChunkInfo): boolean =>
  reach?.hasGap === true && firstSeq + count <= reach.end;

const reached = (reach: Reach = { end: 0, hasGap: false }, { firstSeq, count }: ChunkInfo): Reach => ({
  end: Math.max(reach.end, firstSeq + count),
  hasGap: reach.hasGap || firstSeq > reach.end,
});

/**
 * Goes on where loading ended: each chunk that comes into the library is added to the mirror as soon as it is there. Ends when the
 * recording is gone or the engine is.
 */
export async function growRecording(
  data: RpcClient,
  mirror: Mirror,
  loaded: readonly ChunkInfo[],
  hear: { grown(span: Span): void; progress(progress: LoadProgress): void },
): Promise<void> {
  const chunks = [...loaded];
  let reaches = reachesOf(chunks);
  let { startAt } = spanOf(chunks);
  for (;;) {
    const answer = await data.call('frame.more', {
      from: chunks.reduce((from, { index }) => Math.max(from, index + 1), 0),
    });
    if (!answer.ok) return; // erased, or of an engine that died: the window shows either
    const fresh = frameCalls['frame.more'].output.parse(unwrap(answer));
    if (fresh.length === 0) return;
    const mustReload = fresh.some((chunk) => isLate(reaches.get(chunk.generation), chunk));
    chunks.push(...fresh);
    const span = spanOf(chunks);
    if (mustReload || span.startAt !== startAt) {
      startAt = span.startAt;
      reaches = reachesOf(chunks);
      await mirror.open(startAt);
      await loadChunks(data, mirror, chunks, startAt, hear.progress);
    } else {
      for (const chunk of fresh) reaches.set(chunk.generation, reached(reaches.get(chunk.generation), chunk));
      await loadChunks(data, mirror, fresh, startAt, hear.progress);
    }
    hear.grown(span);
  }
}

function reachesOf(chunks: readonly ChunkInfo[]): Map<string, Reach> {
  const reaches = new Map<string, Reach>();
  for (const chunk of [...chunks].sort((a, b) => a.firstSeq - b.firstSeq))
    reaches.set(chunk.generation, reached(reaches.get(chunk.generation), chunk));
  return reaches;
}
