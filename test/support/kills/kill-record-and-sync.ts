import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { initProject } from '../../../server/admin/index.ts';
import type { ChunkChange } from '../../../shared/wire/change.ts';
import { gzipBatch, headOf, post, readChunk, readFeed, sha256 } from '../../integration/server/support/client.ts';
import { type ServerProcess, startServer } from '../../integration/server/support/server-process.ts';
import type { Random } from '../shop-random.ts';
import { type EngineRun, startEngineRun } from './engine-run.ts';
import { emptyReport, type KillReport, note } from './kill-report.ts';
import { openLibrary, readLibrary } from './library-contents.ts';

const WRITERS = 4;
const PAUSE_MS = 4;
const BETWEEN_KILLS_MS = [30, 700] as const;

const identityOf = (of: { readonly generation: string; readonly firstSeq: number; readonly count: number }): string =>
  `${of.generation}/${of.firstSeq}+${of.count}`;

/** Sends a batch until it is acknowledged, however often the server goes away, as the SDK does. */
async function sendUntilKept(
  url: string,
  head: string,
  body: Uint8Array<ArrayBuffer>,
  report: KillReport,
): Promise<void> {
  for (;;) {
    const response = await post(url, head, body).catch(() => null);
    if (response?.status === 200) return;
    if (response && response.status < 500) report.failures.push(`a batch was answered ${response.status}`);
    await wait(20);
  }
}

/**
 * Pages record into a server while a workstation syncs from it, over and over; server and workstation are killed at random
 * moments and started again. In the end all that was acknowledged is on the server and in the library, once, by hash.
 */
export async function killWhileRecordingAndSyncing(dir: string, random: Random, kills: number): Promise<KillReport> {
  const report = emptyReport();
  const data = join(dir, 'server');
  const profile = join(dir, 'library');
  const { writeKey, readToken } = await initProject({ dir: data, clock: Date.now }, { name: 'Shop' });
  let server: ServerProcess = await startServer(data);
  const { url } = server;
  const port = Number(new URL(url).port);
  const acknowledged = new Map<string, string>();
  let writing = true;
  let syncing = true;
  let run: EngineRun = startEngineRun([profile, 'sync', url, readToken]);

  async function write(writer: number): Promise<void> {
    const generation = `g${writer}`;
    for (let first = 0; writing; first += 2) {
      const body = gzipBatch(`${writer} ${first} ${'x'.repeat(random.between(0, 9000))}`);
      await sendUntilKept(url, headOf(writeKey, { session: `s${writer}`, generation, first }), body, report);
      acknowledged.set(identityOf({ generation, firstSeq: first, count: 2 }), sha256(body));
      await wait(PAUSE_MS);
    }
  }
  async function keepSyncing(): Promise<void> {
    for (;;) {
      await run.ended;
      if (!syncing) return;
      run = startEngineRun([profile, 'sync', url, readToken]);
    }
  }

  const writers = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  const syncs = keepSyncing();
  for (let kill = 0; kill < kills; kill++) {
    const victim = random.pick(['server', 'engine'] as const);
    if (victim === 'engine') await run.working;
    await wait(random.between(...BETWEEN_KILLS_MS));
    if (victim === 'server') {
      await server.stop('SIGKILL');
      server = await startServer(data, [], port);
      note(report, 'kills: server while pages record');
    } else if (run.kill()) note(report, 'kills: engine while it syncs');
  }
  writing = false;
  await writers;
  syncing = false;
  await syncs;
  const last = startEngineRun([profile, 'sync', url, readToken]);
  const state = await last.ended;
  if (state !== 'done') report.failures.push(`the last sync ended ${state}: ${last.said()}`);
  await compare(await readFeed(url, readToken), { url, readToken, profile, acknowledged, report });
  await server.stop('SIGTERM');
  note(report, 'batches acknowledged', acknowledged.size);
  return report;
}

async function compare(
  feed: readonly ChunkChange[],
  of: {
    readonly url: string;
    readonly readToken: string;
    readonly profile: string;
    readonly acknowledged: ReadonlyMap<string, string>;
    readonly report: KillReport;
  },
): Promise<void> {
  const { failures } = of.report;
  const onServer = new Map(feed.map((change) => [identityOf(change), change.sha256]));
  if (onServer.size !== feed.length) failures.push(`the server has ${feed.length - onServer.size} batches twice`);
  for (const { seq, sha256: hash } of feed) {
    if (sha256(await readChunk(of.url, of.readToken, seq)) !== hash) failures.push(`chunk ${seq} has other bytes`);
  }
  differ('an acknowledged batch', of.acknowledged, 'on the server', onServer, failures);
  const engine = await openLibrary(of.profile);
  try {
    const chunks = (await readLibrary(engine)).flatMap((session) => session.chunks);
    const inLibrary = new Map(chunks.map((chunk) => [chunk.identity, chunk.sha256]));
    if (inLibrary.size !== chunks.length)
      failures.push(`the library has ${chunks.length - inLibrary.size} chunks twice`);
    differ('a batch of the server', onServer, 'in the library', inLibrary, failures);
    differ('a chunk of the library', inLibrary, 'on the server', onServer, failures);
  } finally {
    await engine.close();
  }
}

function differ(
  what: string,
  wanted: ReadonlyMap<string, string>,
  where: string,
  there: ReadonlyMap<string, string>,
  failures: string[],
): void {
  const wrong = [...wanted].filter(([identity, hash]) => there.get(identity) !== hash);
  const [first] = wrong;
  if (first) failures.push(`${wrong.length} times ${what} is not ${where} as it was, first ${first[0]}`);
}
