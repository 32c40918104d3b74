import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pack } from '@rrweb/packer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notice } from '../../support/notice.ts';
import { openEngine, startEngine, type TestEngine } from './support/engine.ts';
import { newFolder, temporaryFolder } from './support/profile.ts';
import { fileWith, recording } from './support/recordings.ts';

const EVENTS = recording(3);
const JSON_TEXT = JSON.stringify(EVENTS);
const NDJSON = EVENTS.map((event) => JSON.stringify(event)).join('\n');

// One engine for all files: a bad one must not harm those before and after it.
let test: TestEngine;
const profile = newFolder();
beforeAll(async () => {
  test = await openEngine({ profileDir: profile.path });
});
afterAll(async () => {
  await test.close();
  profile.remove();
});

const sessionOf = (key: string | undefined) => test.call('sessions.get', { key: key as never });

async function storedEvents({ call }: TestEngine, key: string): Promise<unknown[]> {
  const chunks = await call('recording.chunks', { key: key as never });
  const parts = await Promise.all(chunks.map(({ index }) => call('recording.chunk', { key: key as never, index })));
  return parts.flatMap((bytes) => JSON.parse(gunzipSync(bytes).toString('utf8')) as unknown[]);
}

describe('import recognises by content', () => {
  it.each<[string, string | Uint8Array]>([
    ['array.png', JSON_TEXT],
    ['indented.json', JSON.stringify(EVENTS, null, 2)],
    ['lines.ndjson', NDJSON],
    ['array.gz', gzipSync(JSON_TEXT)],
    ['lines.json', gzipSync(NDJSON)],
    ['packed.json', JSON.stringify(EVENTS.map((event) => pack(event as never)))],
    ['strings.json', JSON.stringify(EVENTS.map((event) => JSON.stringify(event)))],
    ['events.json', JSON.stringify({ name: 'x', events: EVENTS })],
    ['data.json', JSON.stringify({ data: { id: 1, events: EVENTS } })],
    ['snapshots.json', JSON.stringify({ version: 1, data: { snapshots: EVENTS } })],
    ['nested.json', JSON.stringify([EVENTS.slice(0, 2), EVENTS.slice(2)])],
    ['bom.json', `\ufeff${JSON_TEXT}`],
    ['utf16.json', Buffer.from(`\ufeff${JSON_TEXT}`, 'utf16le')],
    ['utf16be.json', Buffer.from(`\ufeff${JSON_TEXT}`, 'utf16le').swap16()],
    ['-rf', `${JSON_TEXT} `],
    ['new\nline\u202e.json', `${JSON_TEXT}\n`],
  ])('%j', async (name, content) => {
    const job = await test.importFiles(fileWith(temporaryFolder(), name, content));
    expect(job).toMatchObject({ state: 'done', message: '1 session imported.' });
    const row = await sessionOf(job.sessions[0]);
    expect(row).toMatchObject({ notice: null, state: 'downloaded', events: 5 });
    const stored = (await storedEvents(test, row.key)) as { v?: string }[];
    expect(stored.map(({ v: _packerVersion, ...event }) => event)).toEqual(EVENTS);
    expect(row.source).not.toMatch(/[\n\u202e]/);
  });

  it('the same content twice is one session', async () => {
    const folder = temporaryFolder();
    const text = JSON.stringify(recording(2, 'twice'));
    const first = await test.importFiles(fileWith(folder, 'a.json', text));
    const { total } = await test.call('sessions.list', {});
    const second = await test.importFiles(fileWith(folder, 'b.json', text));
    expect(second).toMatchObject({ state: 'done', message: '1 already present.', sessions: first.sessions });
    expect((await test.call('sessions.list', {})).total).toBe(total);
  });

  it('many chunks keep every event, in order', async () => {
    const events = recording(3000, 'x'.repeat(400));
    const job = await test.importFiles(fileWith(temporaryFolder(), 'long.json', JSON.stringify(events)));
    const key = job.sessions[0] ?? '';
    expect((await test.call('recording.chunks', { key: key as never })).length).toBeGreaterThan(4);
    expect(await storedEvents(test, key)).toEqual(events);
  });
});

describe('import refuses', () => {
  it('folders, pipes, devices and what is not there', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sub'));
    const pipe = join(folder, 'pipe');
    const good = fileWith(folder, 'good.json', JSON.stringify(recording(1, 'good')));
    const paths = [join(folder, 'sub'), join(folder, 'missing.json'), good];
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [pipe]);
      paths.push(pipe, '/dev/zero');
    } else notice('pipes and devices were not tried: this system has none');
    const job = await test.importFiles(...paths);
    expect(job.state).toBe('failed');
    expect(job.message).toContain('1 session imported.');
    expect(job.message).toMatch(/sub was not imported: it is a folder/);
    expect(job.message).toMatch(/missing\.json was not imported: there is no such file/);
    if (process.platform !== 'win32')
      expect(job.message).toMatch(/pipe was not imported: it is a device.*zero was not imported: it is a device/s);
  });
});

describe('a job', () => {
  it('stops when it is cancelled and leaves nothing half-done', async () => {
    const test = await startEngine();
    const folder = temporaryFolder();
    const files = Array.from({ length: 30 }, (_, index) =>
      fileWith(folder, `${index}.json`, JSON.stringify(recording(200, `t${index}`))),
    );
    const { jobId } = await test.privileged('import.files', { paths: files });
    await new Promise<void>((seen) => {
      const stop = test.engine.onEvent((event) => {
        if (event.name !== 'store.changed') return;
        stop();
        seen();
      });
    });
    await test.call('jobs.cancel', { jobId });
    const job = await test.wait({ jobId });
    expect(job.state).toBe('cancelled');
    const rows = await test.rows();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(30);
    expect(rows.every((row) => row.verdict !== null)).toBe(true);
  });
});

describe('recordings by others', () => {
  const folder = process.env.TRACEFLOW_RECORDINGS;
  it('import, or say why not', async () => {
    if (!folder) return notice('recordings by others were not imported: TRACEFLOW_RECORDINGS is not set');
    const test = await startEngine();
    const files = readdirSync(join(folder, 'rrweb')).map((name) => join(folder, 'rrweb', name));
    const job = await test.importFiles(...files);
    expect(job.message).toMatch(/^\d+ sessions? imported\.$/m);
    expect(job.message).not.toContain('was not imported');
    expect((await test.call('sessions.list', { limit: 1000 })).total).toBe(new Set(job.sessions).size);
    const others = ['har', 'playwright'].flatMap((sub) =>
      readdirSync(join(folder, sub)).map((name) => join(folder, sub, name)),
    );
    for (const file of others) {
      const refused = await test.importFiles(file);
      expect(refused).toMatchObject({
        state: 'failed',
        message: expect.stringMatching(/HTTP archive|JSONP|Playwright trace/),
      });
    }
  });
});
