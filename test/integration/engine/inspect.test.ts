import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { startEngine, type TestEngine } from './support/engine.ts';
import { temporaryFolder } from './support/profile.ts';
import { recording } from './support/recordings.ts';

const script = { type: 2, tagName: 'script', attributes: { src: 'https://cdn.example/a.js' }, id: 7, childNodes: [] };

/** A page with a heading whose text changes every 10 ms, `more` times, and a script. */
async function opened(more: number): Promise<{ app: TestEngine; key: SessionKey }> {
  const file = join(temporaryFolder(), 'page.json');
  const events = recording(more);
  const page = events[1]?.data as { node: { childNodes: { childNodes: { childNodes: unknown[] }[] }[] } };
  page.node.childNodes[0]?.childNodes[1]?.childNodes.push(script);
  writeFileSync(file, JSON.stringify(events));
  const app = await startEngine();
  await app.importFiles(file);
  const [row] = await app.rows();
  if (!row) throw new Error('nothing was imported');
  return { app, key: row.key };
}

it('shows the page at a moment as a tree, as it was recorded', async () => {
  const { app, key } = await opened(20);
  const early = await app.call('recording.elements', { key, atMs: 50 });
  expect(early.rows.map(({ depth, tag, text }) => `${depth} ${tag} ${text}`.trim())).toEqual([
    '0',
    '1 html',
    '2 head',
    '2 body',
    '3 h1 Hello',
    '3 script',
  ]);
  expect(early.rows.at(-1)?.attributes).toEqual([['src', 'https://cdn.example/a.js']]);
  const later = await app.call('recording.elements', { key, atMs: 155 });
  expect(later.rows[4]?.text).toBe('Hello 5');
  const back = await app.call('recording.elements', { key, atMs: 100 });
  expect(back.rows[4]?.text).toBe('Hello 0');
  const { generation } = early;
  const closed = await app.call('recording.elements', { key, atMs: 50, generation, toggled: [4] });
  expect(closed).toMatchObject({ total: 4, rows: [{}, {}, {}, { tag: 'body', expandable: true, open: false }] });
  const page = await app.call('recording.elements', { key, atMs: 50, offset: 4, limit: 1 });
  expect(page).toMatchObject({ total: 6, rows: [{ tag: 'h1' }] });
});

it('finds elements by what they say, with the way to them', async () => {
  const { app, key } = await opened(3);
  const found = await app.call('recording.findElements', { key, atMs: 105, what: { text: 'hello 0' } });
  expect(found).toMatchObject({ total: 1, matches: [{ id: 5, path: [{ id: 1 }, { id: 2 }, { id: 4 }, { id: 5 }] }] });
  expect(await app.call('recording.findElements', { key, atMs: 105, what: { text: 'CDN.example' } })).toMatchObject({
    matches: [{ id: 7 }],
  });
  expect(await app.call('recording.findElements', { key, atMs: 105, what: { node: 99 } })).toMatchObject({ total: 0 });
});

it('lists every event, filtered and page by page, and shows one as it was recorded', async () => {
  const { app, key } = await opened(500);
  const all = await app.call('recording.events', { key, limit: 100 });
  expect(all.total).toBe(502);
  expect(all.rows).toHaveLength(100);
  expect(all.kinds).toEqual([
    { kind: 'mutation', count: 500 },
    { kind: 'meta', count: 1 },
    { kind: 'full snapshot', count: 1 },
  ]);
  const range = { fromMs: 0, toMs: 150 };
  const some = await app.call('recording.events', { key, kinds: ['mutation'], range, offset: 4 });
  expect(some).toMatchObject({ total: 6, rows: [{ atMs: 140 }, { atMs: 150 }] });
  expect(await app.call('recording.eventAt', { key, kinds: ['mutation'], atMs: 145 })).toEqual({ index: 4 });
  const { generation, seq } = some.rows[0] ?? { generation: '', seq: 0 };
  const { json, cut } = await app.call('recording.event', { key, generation: generation as never, seq });
  expect(cut).toBe(false);
  expect(JSON.parse(json)).toEqual(recording(500)[seq]);
});

it('answers a question that was taken back with "cancelled", and the next one as ever', async () => {
  const { app, key } = await opened(2000);
  const asked = new AbortController();
  const answer = app.engine.call('recording.elements', { key, atMs: 100 }, asked.signal);
  asked.abort();
  expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect((await app.call('recording.elements', { key, atMs: 20_085 })).rows[4]?.text).toBe('Hello 1998');
});
