import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { initProject } from '../../../server/admin/index.ts';
import { mergeEvents, readChunkEvents } from '../../../shared/formats/rrweb/chunk-events.ts';
import { chunkText } from '../../../shared/node/gunzip.ts';
import { headOf, post, readChunk, readFeed, sha256 } from '../../integration/server/support/client.ts';
import { type ServerProcess, startServer } from '../../integration/server/support/server-process.ts';
import type { Random } from '../shop-random.ts';
import { emptyReport, type KillReport, note } from './kill-report.ts';

const WRITERS = 10;
/** Batches acknowledged between two kills: at once after the start, or in the middle of the stream. */
const BETWEEN_KILLS = [0, 120] as const;
/** Bounds that the times until a killed server serves again are counted by. */
const RECOVERY_MS = [250, 500, 1000, 2000, 5000] as const;
const LOOK_MS = 2;
const RETRY_MS = 10;

/** A batch as it is sent; the same first and count always give the same bytes. */
interface Cut {
  readonly first: number;
  readonly count: number;
}

/** What all writers share. */
interface Course {
  readonly url: string;
  readonly key: string;
  readonly report: KillReport;
  /** Hash of each acknowledged batch by generation, first and count. */
  readonly acknowledged: Map<string, string>;
  isOver: boolean;
}

/**
 * Ten writers stream into a server that is killed over and over. Batches come up to three times, out of order and in cuts that overlap, as
 * from pages that try again. In the end each acknowledged batch is there with its bytes, once, and a reader sees each event once.
 */
export async function killServerWhileWritersStream(
  dir: string,
  random: Random,
  kills: number,
  program?: string,
): Promise<KillReport> {
  const report = emptyReport();
  const { writeKey, readToken } = await initProject({ dir, clock: Date.now }, { name: 'Shop' });
  let server: ServerProcess = await startServer(dir, [], 0, [], program);
  const { url } = server;
  const port = Number(new URL(url).port);
  const course: Course = { url, key: writeKey, report, acknowledged: new Map(), isOver: false };
  const writers = Promise.all(Array.from({ length: WRITERS }, (_, at) => write(course, `g${at}`, random)));
  for (let kill = 0; kill < kills; kill += 1) {
    const enough = course.acknowledged.size + random.between(...BETWEEN_KILLS);
    while (course.acknowledged.size < enough) await wait(LOOK_MS);
    await server.stop('SIGKILL');
    note(report, 'kills');
    const startedAt = performance.now();
    server = await startServer(dir, [], port, [], program);
    const tookMs = performance.now() - startedAt;
    note(report, 'ms until it serves again, in all', Math.round(tookMs));
    for (const bound of RECOVERY_MS) if (tookMs <= bound) note(report, `served again within ${bound} ms`);
  }
  course.isOver = true;
  const sent = await writers;
  await compare(course, readToken, sent);
  note(report, 'batches acknowledged', course.acknowledged.size);
  if ((await server.stop('SIGTERM')) !== 0) report.failures.push('the server did not end well');
  return report;
}

const eventsOf = (generation: string, { first, count }: Cut) =>
  Array.from({ length: count }, (_, at) => ({
    type: 5,
    timestamp: 1_700_000_000_000 + first + at,
    data: { tag: generation, payload: `${first + at} ${'x'.repeat(((first + at) * 97) % 700)}` },
  }));

/** @returns how many events of the generation were sent, all of them acknowledged. */
async function write(
  course: Course,
  generation: string,
  random: Random,
): Promise<{ generation: string; events: number }> {
  let next = 0;
  while (!course.isOver) {
    const cuts: Cut[] = [];
    for (let at = random.between(1, 3); at > 0; at -= 1) {
      const count = random.between(1, 9);
      cuts.push({ first: next, count });
      next += count;
    }
    const last = cuts.at(-1);
    // A page that was not answered may cut the same events anew.
    if (last && random.chance(0.3)) {
      const first = Math.max(0, last.first - random.between(1, 20));
      cuts.push({ first, count: last.first + last.count - first });
    }
    const repeated = cuts.flatMap((cut) => Array.from({ length: random.pick([1, 1, 2, 3]) }, () => cut));
    const shuffled = repeated.map((cut) => [random.between(0, 1e6), cut] as const).sort(([a], [b]) => a - b);
    await Promise.all(shuffled.map(([, cut]) => sendUntilKept(course, generation, cut)));
  }
  return { generation, events: next };
}

async function sendUntilKept(course: Course, generation: string, { first, count }: Cut): Promise<void> {
  const body = new Uint8Array(gzipSync(JSON.stringify(eventsOf(generation, { first, count }))));
  const head = headOf(course.key, { session: `s-${generation}`, generation, first, count });
  for (;;) {
    const response = await post(course.url, head, body).catch(() => null);
    if (response?.status === 200) {
      const { duplicate } = (await response.json().catch(() => ({ duplicate: false }))) as { duplicate: boolean };
      if (duplicate) note(course.report, 'repeats recognised');
      course.acknowledged.set(`${generation} ${first}+${count}`, sha256(body));
      return;
    }
    if (response && response.status < 500)
      course.report.failures.push(`${generation} ${first}+${count} was answered ${response.status}`);
    await wait(RETRY_MS);
  }
}

async function compare(
  { url, report, acknowledged }: Course,
  token: string,
  sent: readonly { readonly generation: string; readonly events: number }[],
): Promise<void> {
  const feed = await readFeed(url, token, 1000);
  const kept = new Map<string, string>();
  const chunks = new Map<string, ReturnType<typeof readChunkEvents>[]>();
  for (const change of feed) {
    const name = `${change.generation} ${change.firstSeq}+${change.count}`;
    if (kept.has(name)) report.failures.push(`${name} is there twice`);
    const bytes = await readChunk(url, token, change.seq);
    if (sha256(bytes) !== change.sha256) report.failures.push(`${name} differs from its hash`);
    kept.set(name, change.sha256);
    chunks.set(change.generation, [
      ...(chunks.get(change.generation) ?? []),
      readChunkEvents(chunkText(bytes), change),
    ]);
  }
  for (const [name, hash] of acknowledged)
    if (kept.get(name) !== hash)
      report.failures.push(`${name} was acknowledged and is ${kept.has(name) ? 'other' : 'lost'}`);
  for (const { generation, events } of sent) {
    const seen = mergeEvents(chunks.get(generation) ?? []);
    const isWhole =
      seen.length === events && seen.every((event, at) => event.seq === at && isOwn(event.event.data, at));
    if (!isWhole) report.failures.push(`a reader of ${generation} does not see each of its ${events} events once`);
    note(report, 'events seen once', seen.length);
  }
}

const isOwn = (data: unknown, seq: number): boolean =>
  typeof data === 'object' && data !== null && 'payload' in data && String(data.payload).startsWith(`${seq} `);
