import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeZip } from '../../../shared/node/zip-writer.ts';
import { fileWith, recording } from '../engine/support/recordings.ts';
import { busyProfile } from './support/busy-profile.ts';

const profile = busyProfile();
const EVENTS = recording(500);
const TEXT = JSON.stringify(EVENTS);
const LINES = EVENTS.map((event) => JSON.stringify(event)).join('\n');
const OURS = 'Open rrweb events (JSON, NDJSON or a gzip of them) or a .traceflow file.';
/** Events that do not shrink much, so that a cut of the gzip is a cut of the recording. */
const LONG = recording(3000).map((event, index) => ({ ...event, id: Math.sin(index) }));
const GZIP = gzipSync(JSON.stringify(LONG));
const SPACES = Buffer.alloc(70_000_000, ' ');

/** [file name, content, why it is refused] */
const REFUSED: readonly (readonly [string, () => string | Uint8Array, string])[] = [
  ['empty.json', () => '', 'it is empty (0 bytes). Export or download it again.'],
  ['blank.json', () => ' \n', 'it holds nothing but blanks (2 bytes). Export or download it again.'],
  ['prose.json', () => 'hello', `it is neither JSON nor any file type we know. ${OURS}`],
  ['objects.json', () => '[{"a":1},2]', `it holds no rrweb events (2 other entries). ${OURS}`],
  ['not.json', () => '{type: 4}', 'it is not valid JSON, and no rrweb event in it can be read. Export it again.'],
  [
    'cut.json',
    () => TEXT.slice(0, 40),
    'it breaks off before the first rrweb event (40 bytes). Ask for the whole file.',
  ],
  [
    'cut.gz',
    () => GZIP.subarray(0, 15),
    'it breaks off before the first rrweb event (15 bytes). Ask for the whole file.',
  ],
  ['deep.json', () => '['.repeat(20_000), `it nests deeper than the 4,000 levels an event may have. ${OURS}`],
  ['twice.gz', () => gzipSync(GZIP), 'it is a gzip inside a gzip. Unpack it once.'],
  ['zip.gz', () => gzipSync('PK\x03\x04'), `it is a gzip of a zip archive. ${OURS}`],
  ['page.html', () => '<!doctype html><title>Sign in</title>', `it is an HTML or XML page. ${OURS}`],
  ['photo.json', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), `it is a PNG picture. ${OURS}`],
  ['db.json', () => 'SQLite format 3\0', `it is an SQLite database. ${OURS}`],
  [
    'site.json',
    () => JSON.stringify({ log: { version: '1.2', creator: {}, entries: [{}] } }),
    `it is an HTTP archive (HAR), a list of requests without a page. ${OURS}`,
  ],
  [
    'bomb.gz',
    () => gzipSync(Buffer.concat([Buffer.from('['), SPACES])),
    'it inflates to more than 67.1 MB (from 68.1 kB) without one rrweb event. Ask its sender what it is.',
  ],
];

describe('a file that holds nothing we can use is refused by name, with reason and way out', () => {
  it.each(REFUSED)('%s', async (name, content, why) => {
    const file = fileWith(profile.folder, name, content());
    const { result, added } = await profile.harmless(() => profile.test.importFiles(file));
    expect(result).toMatchObject({ state: 'failed', message: `${name} was not imported: ${why}`, sessions: [] });
    expect(added).toBe(0);
  });
});

const at = (index: number, timestamp: unknown) =>
  EVENTS.map((event, i) => (i === index ? { ...event, timestamp } : event));
const WITHOUT_PAGE =
  'It holds no full snapshot, so the page itself cannot be shown. Ask for the recording from its start.';
const WHOLE = 'what followed is not in the file. Ask for the whole file.';
const deepEvent = `{"type":3,"timestamp":1700000000200,"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
const pollution =
  '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"hasOwnProperty":2';

/** [file name, content, how many events are kept, what is said] */
const KEPT: readonly (readonly [string, () => string | Uint8Array, number, string | RegExp | null])[] = [
  [
    'torn.json',
    () => TEXT.slice(0, -700),
    496,
    `The file ends in the middle of an event: the 496 events before that were kept, from 67.2 kB; ${WHOLE}`,
  ],
  [
    'torn.ndjson',
    () => `${LINES}\n{"type":3,"tim`,
    502,
    /^The file ends in the middle of an event: the 502 events before that were kept, from 67\.9 kB/,
  ],
  [
    'torn.gz',
    () => GZIP.subarray(0, GZIP.length >> 1),
    0,
    /^The file ends in the middle of an event: the 1,\d{3} events before that were kept, from [\d.]+ kB; what followed is not in the file\. Ask for the whole file\.$/,
  ],
  [
    'line.gz',
    () => gzipSync(LINES).subarray(0, -9),
    502,
    /^The file ends before its compressed data does: the 502 events before that were kept/,
  ],
  [
    'scratched.gz',
    () => Buffer.from(GZIP).fill(0x55, GZIP.length >> 1, (GZIP.length >> 1) + 50),
    0,
    /^Its compressed data is damaged: the 1,\d{3} events before that were kept(, of about [\d,]+ \([\d.]+ kB of [\d.]+ kB\))?\. Ask for the file again\./,
  ],
  ['hole.json', () => JSON.stringify([EVENTS[0], ...EVENTS.slice(2)]), 501, WITHOUT_PAGE],
  ['single.json', () => JSON.stringify(EVENTS.slice(1, 2)), 1, 'It holds no size of the page; a usual size is taken.'],
  [
    'meta.json',
    () => JSON.stringify(EVENTS.slice(0, 1)),
    1,
    'It holds a single event and no full snapshot, so there is no page to play. Ask for the recording from its start.',
  ],
  ['recording.png', () => `${TEXT}\n`, 502, null],
  ['odd.json', () => JSON.stringify([...EVENTS, 1, null, { a: 1 }, 'text']), 502, '4 entries were no rrweb event.'],
  [
    'deep-event.json',
    () => `[${TEXT.slice(1, -1)},${deepEvent}]`,
    502,
    '1 event nested deeper than the limit left out.',
  ],
  [
    'proto.json',
    () => `[${TEXT.slice(1, -1)},{"type":5,"timestamp":1700000000500,"data":{"tag":"x",${pollution}},${pollution}}]`,
    503,
    '1 event out of order; they are played by their times.',
  ],
  ['timeless.json', () => JSON.stringify(at(7, null)), 502, '1 event without a time placed next to their neighbours.'],
  [
    'infinite.json',
    () => TEXT.replace('1700000000110', '1e400'),
    502,
    '1 event without a time placed next to their neighbours.',
  ],
  [
    'far.json',
    () => JSON.stringify(at(7, 4e15)),
    502,
    '1 event years away from the others placed next to their neighbours.',
  ],
  [
    'zero.json',
    () => JSON.stringify(at(0, 0)),
    502,
    '1 event years away from the others placed next to their neighbours.',
  ],
  [
    'reversed.json',
    () => JSON.stringify([...EVENTS].reverse()),
    502,
    '501 events out of order; they are played by their times.',
  ],
  [
    'latin.json',
    () => Buffer.concat([Buffer.from(TEXT.slice(0, -2)), Buffer.from(',"x":"\xff"}]', 'latin1')]),
    502,
    'Some bytes were no valid text and were replaced.',
  ],
  [
    'swollen.gz',
    () => gzipSync(Buffer.concat([Buffer.from(`${TEXT.slice(0, -1)},{"type":3,"x":"`), SPACES])),
    502,
    /^It inflates to more than 67\.1 MB: the 502 events before that were kept(, of about \d+ \(.*\))?\. Cut the recording into parts to see the rest\.$/,
  ],
];

describe('a file that can be read in part is, and both message and session say what is missing', () => {
  it.each(KEPT)('%s', async (name, content, events, said) => {
    const file = fileWith(profile.folder, name, content());
    const { result, added } = await profile.harmless(() => profile.test.importFiles(file));
    expect(result).toMatchObject({ state: 'done' });
    expect(added).toBe(1);
    const row = await profile.test.call('sessions.get', { key: result.sessions[0] as never });
    if (events > 0) expect(row.events).toBe(events);
    if (said instanceof RegExp) expect(row.notice).toMatch(said);
    else expect(row.notice).toBe(said);
    expect(result.message).toBe(`1 session imported.${row.notice === null ? '' : `\n${name}: ${row.notice}`}`);
    // A recording of five seconds is not stretched by what is wrong in it.
    expect(row.durationMs).toBeLessThanOrEqual(30_100);
    const again = await profile.harmless(() => profile.test.importFiles(file));
    expect(again.result).toMatchObject({ state: 'done', message: '1 already present.', sessions: result.sessions });
    expect(again.added).toBe(0);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('an evidence file that is not what it was', () => {
  const NO_TRUST = 'Nothing of it can be trusted: ask its sender for a new export.';
  let bytes: Buffer;
  let spare: string[] = [];
  beforeAll(async () => {
    const file = join(profile.folder, 'good.traceflow');
    const source = fileWith(profile.folder, 'shared.json', JSON.stringify(recording(40, 'shared')));
    const { sessions } = await profile.test.importFiles(source);
    await profile.test.exportTo(file, ...sessions);
    await profile.test.call('sessions.delete', { keys: sessions as never });
    bytes = readFileSync(file);
    spare = sessions;
  });

  it.each<[string, () => Uint8Array, RegExp]>([
    ['cut.traceflow', () => bytes.subarray(0, bytes.length * 0.6), /^it is an archive whose end is missing\./],
    ['short.traceflow', () => bytes.subarray(0, -3), /^it is an archive whose end is missing\./],
    [
      'flipped.traceflow',
      () => flipped(bytes, bytes.indexOf('.json.gz') + 200),
      /^sessions\/[0-9a-f]{32}\/chunks\/000000\.json\.gz is damaged: its check sum does not fit\./,
    ],
    [
      'renamed.traceflow',
      () => renamed(bytes),
      /^(manifest\.json is missing|.*zip archive without a TRACEFLOW manifest|the archive)/,
    ],
  ])('%s', async (name, content, why) => {
    const file = fileWith(profile.folder, name, content());
    const { result, added } = await profile.harmless(() => profile.test.importFiles(file));
    expect(result).toMatchObject({ state: 'failed', sessions: [] });
    const [, reason = ''] = result.message?.split(`${name} was not imported: `) ?? [];
    expect(reason).toMatch(why);
    expect(reason).toMatch(new RegExp(`(${NO_TRUST}|${OURS.replace(/[()]/g, '\\$&')})$`));
    expect(added).toBe(0);
  });

  it('a zip bomb stops at a cap of real bytes', async () => {
    const file = join(profile.folder, 'bomb.traceflow');
    await writeZip(file, [{ name: 'manifest.json', bytes: SPACES }]);
    const { result, added } = await profile.harmless(() => profile.test.importFiles(file));
    expect(result).toMatchObject({
      state: 'failed',
      message:
        'bomb.traceflow was not imported: manifest.json inflates to more than we open (67.1 MB). Ask its sender what it is.',
    });
    expect(added).toBe(0);
  });

  it('the whole file is taken in all the same', async () => {
    const file = fileWith(profile.folder, 'whole.traceflow', bytes);
    const { result } = await profile.harmless(() => profile.test.importFiles(file));
    expect(result).toMatchObject({
      state: 'done',
      message: '1 session imported.',
      sessions: spare.length > 0 ? [expect.any(String)] : [],
    });
  });
});

it('several files at once: a line each, the good one is taken', async () => {
  const names = ['a.json', 'b.json', 'c.har', 'd.json'];
  const contents = ['', JSON.stringify(recording(5, 'good')), '{"log":{"entries":[]}}', `${TEXT.slice(0, -900)}`];
  const files = names.map((name, index) => fileWith(profile.folder, name, contents[index] ?? ''));
  const { result, added } = await profile.harmless(() => profile.test.importFiles(...files));
  expect(result.state).toBe('failed');
  expect(result.message?.split('\n').map((line) => line.slice(0, 32))).toEqual([
    '2 sessions imported.',
    'a.json was not imported: it is e',
    'c.har was not imported: it is an',
    'd.json: The file ends in the mid',
  ]);
  expect(result.sessions).toHaveLength(2);
  expect(added).toBe(2);
});

it('the same file twice at the same time is one session, and neither import harms the other', async () => {
  const file = fileWith(profile.folder, 'same.json', JSON.stringify(recording(4000, 'x'.repeat(300))));
  const { result, added } = await profile.harmless(() =>
    Promise.all([profile.test.importFiles(file), profile.test.importFiles(file)]),
  );
  expect(added).toBe(1);
  expect(result.map(({ state }) => state)).toContain('done');
  for (const { state, message } of result) {
    if (state === 'failed')
      expect(message).toBe(
        'same.json was not imported: the same recording is being imported already. Wait for that import to end.',
      );
  }
});

function flipped(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}

/** Every `manifest.json` of the archive under another name of the same length. */
const renamed = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replaceAll('manifest.json', 'manifesT.json'), 'latin1');
