import { createWriteStream, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Soak } from '../../tools/soak/soak-module.ts';
import { recording } from '../integration/engine/support/recordings.ts';
import { openLibrary } from '../support/kills/library-contents.ts';
import { createRandom, type Random } from '../support/shop-random.ts';

/** More than V8 holds in one string (512 M characters): only a reader that streams can take it. */
const FILE_BYTES = 600_000_000;
const PAYLOAD_CHARS = 20_000;
/** The analysis may have a heap of 1 GB, which facts of so large a session nearly fill; nobody else may hold the file. */
const MAX_RSS_BYTES = 2_000_000_000;

/** @param written counts the events. */
function* textOf(random: Random, written: { events: number }): Generator<string> {
  const start = recording(0);
  written.events = start.length;
  let bytes = 0;
  yield `[${start.map((event) => JSON.stringify(event)).join(',')}`;
  for (let at = start[1]?.timestamp ?? 0; bytes < FILE_BYTES; at += 20) {
    const payload = `${random.between(0, 1e9)} `.repeat(PAYLOAD_CHARS / 10);
    const event = `,${JSON.stringify({ type: 5, timestamp: at, data: { tag: 't', payload } })}`;
    bytes += event.length;
    written.events++;
    yield event;
  }
  yield ']';
}

/** One file of 600 MB a step. */
const soak: Soak = {
  name: 'large-import',
  what:
    'A JSON file of 600 MB, more than fits into one string, is imported by the engine in this process. A failed import, another ' +
    'number of events than was written, or a process above 2 GB is a failure.',
  async step({ seed, folder }) {
    const dir = join(folder, `step-${seed}`);
    await mkdir(dir, { recursive: true });
    const file = join(dir, 'large.json');
    const written = { events: 0 };
    await pipeline(Readable.from(textOf(createRandom(seed), written)), createWriteStream(file));
    const failures: string[] = [];
    const engine = await openLibrary(join(dir, 'library'));
    let rssBytes = 0;
    const watch = setInterval(() => {
      rssBytes = Math.max(rssBytes, process.memoryUsage.rss());
    }, 50);
    try {
      const { jobId } = await engine.privileged('import.files', { paths: [file] });
      const job = await engine.finish(jobId, () => undefined);
      if (job.message !== '1 session imported.') failures.push(job.message ?? 'no message');
      const { rows } = await engine.call('sessions.list', {});
      const events = rows[0]?.events;
      if (events !== written.events) failures.push(`${events} events of ${written.events}`);
    } catch (error) {
      failures.push(String(error));
    } finally {
      clearInterval(watch);
      await engine.close();
      rmSync(dir, { recursive: true, force: true });
    }
    if (rssBytes > MAX_RSS_BYTES) failures.push(`${Math.round(rssBytes / 1e6)} MB of memory`);
    return { counts: { 'files imported': 1 }, failures };
  },
};

export default soak;
