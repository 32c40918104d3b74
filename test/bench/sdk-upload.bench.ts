import { gzipSync } from 'node:zlib';
import { pack } from '@rrweb/packer';
import type { eventWithTime } from '@rrweb/types';
import type { Figure } from '../../tools/bench/bench-module.ts';
import { openSite } from '../integration/sdk/recorded-page.ts';
import { TABLE_PAGE } from './sdk/table-page.ts';

const ACTIONS = 1_500;

/** One recorded visit: what was sent, and the same events packed by the peers. */
async function once(actions: number): Promise<{ sent: number; gzip: number; packer: number; events: number }> {
  const site = await openSite();
  try {
    const page = await site.open(TABLE_PAGE);
    await page.evaluate(async (count) => {
      for (let i = 0; i < count; i++) {
        (window as unknown as { act(): void }).act();
        if (i % 5 === 0) await new Promise(requestAnimationFrame);
      }
    }, actions);
    await page.evaluate(() => window.recorder.flush());
    const { bodies } = site.sink;
    const events = bodies.flatMap(({ text }) => JSON.parse(text) as eventWithTime[]);
    return {
      sent: bodies.reduce((sum, { bytes }) => sum + bytes, 0),
      gzip: bodies.reduce((sum, { text }) => sum + gzipSync(text, { level: 6 }).length, 0),
      packer: events.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(pack(event))), 0),
      events: events.length,
    };
  } finally {
    await site.close();
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Bytes sent for a visit, against gzip of the same JSON batches and against rrweb's packer, which packs event by event. */
async function* run({ quick }: { readonly quick: boolean }): AsyncGenerator<Figure> {
  const runs = quick ? 1 : 5;
  const visits: Awaited<ReturnType<typeof once>>[] = [];
  for (let i = 0; i < runs; i += 1) visits.push(await once(quick ? 200 : ACTIONS));
  const of = (value: (visit: (typeof visits)[number]) => number): number => median(visits.map(value));
  yield {
    metric: 'bytes_gzip',
    value: of(({ sent, gzip }) => sent / gzip),
    unit: 'x',
    peer: 'gzip-6 of the same batches',
    runs,
  };
  yield {
    metric: 'bytes_packer',
    value: of(({ sent, packer }) => sent / packer),
    unit: 'x',
    peer: '@rrweb/packer 2.1.6',
    runs,
  };
  yield { metric: 'bytes_per_event', value: of(({ sent, events }) => sent / events), unit: 'B', runs };
}

export default { name: 'sdk-upload', run };
