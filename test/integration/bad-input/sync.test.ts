import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '../../support/certificate.ts';
import { type FeedServer, startFeedServer } from '../engine/support/feed-server.ts';
import { headOf, post } from '../server/support/client.ts';
import { type InsideServer, startInside } from '../server/support/server-inside.ts';
import { busyProfile } from './support/busy-profile.ts';

const profile = busyProfile({ patience: { attempts: 2, baseMs: 1, maxMs: 1, answerMs: 400 } });
let feed: FeedServer;
let id: string;

beforeEach(async () => {
  feed = await startFeedServer();
  onTestFinished(feed.close);
  for (let seq = 0; seq < 300; seq++) feed.add(`s${seq % 2}`, seq >> 1, 1);
  ({ id } = await profile.test.call('servers.add', { url: feed.url, token: feed.token }));
});

const sync = async () => profile.test.wait(await profile.test.call('sync.start', { id }));
const HERE = '250 of 300 changes came before that; the next sync goes on from there.';

/** [what happens from the second page on, how, what is said] */
const FAULTS: readonly (readonly [string, FeedServer['fault'], (url: string) => string])[] = [
  [
    'dies',
    (request) => onPageTwo(request.url, () => request.socket.destroy()),
    (url) => `${url} cannot be reached: the connection was cut. Try again.`,
  ],
  [
    'stalls',
    (request) => onPageTwo(request.url, () => undefined),
    (url) => `${url} did not answer within 1 second. Try again, or ask whoever runs it.`,
  ],
  [
    'stops in the middle of its answer',
    (request, response) =>
      onPageTwo(request.url, () => response.writeHead(200, { 'content-length': 100_000 }).write('{"his')),
    (url) => `${url} did not answer within 1 second. Try again, or ask whoever runs it.`,
  ],
  [
    'answers HTML',
    (request, response) => onPageTwo(request.url, () => response.end('<html>Welcome to the hotel</html>')),
    (url) =>
      `${url} is not a TRACEFLOW server. It answered with a web page: does this network want you to sign in first, or is the address another one?`,
  ],
  [
    'sends us elsewhere',
    (request, response) =>
      onPageTwo(request.url, () => response.writeHead(302, { location: 'http://login.example/' }).end()),
    (url) =>
      `${url} sends us on to http://login.example/. If that is your server, use its address; a network's sign-in page does the same.`,
  ],
  [
    'fails',
    (request, response) => onPageTwo(request.url, () => response.writeHead(502).end('<html>bad gateway</html>')),
    (url) => `${url} answered 502: it, or a proxy before it, is in trouble. Try again later.`,
  ],
  [
    'takes the token back',
    (request, response) =>
      onPageTwo(request.url, () =>
        response.writeHead(401).end('{"code":"unauthorized","message":"This token was withdrawn."}'),
      ),
    (url) => `${url} refused the token: This token was withdrawn. Paste the read token again, or ask for a new one.`,
  ],
  [
    'repeats itself',
    (request, response) => {
      if (!request.url?.includes('after=250')) return false;
      const change = { ...feed.add('again', 0, 1), seq: 250 };
      response.end(JSON.stringify({ history: 'first', changes: [change], next: 250, head: 300 }));
      return true;
    },
    (url) => `${url} repeats change 250 for ever. Ask whoever runs it.`,
  ],
  [
    'cuts a chunk short',
    (request, response) =>
      inChunk(request.url, () => response.writeHead(200, { 'content-length': 20 }).end(Buffer.alloc(20))),
    (url) =>
      `${url} sends other bytes for chunk 290 than it announced. Try again; if that stays, its store is damaged.`,
  ],
  [
    'sends a chunk of a wrong length',
    (request, response) => inChunk(request.url, () => response.writeHead(200).end(Buffer.alloc(100_000))),
    (url) => `${url} sent more than it announced. Try again; if that stays, its store is damaged.`,
  ],
];

const onPageTwo = (url: string | undefined, then: () => unknown): boolean => {
  if (!url?.includes('after=250')) return false;
  then();
  return true;
};
const inChunk = (url: string | undefined, then: () => unknown): boolean => {
  if (!url?.endsWith('/chunks/290')) return false;
  then();
  return true;
};

describe('a server that, in the middle of a sync,', () => {
  it.each(FAULTS)('%s', async (_, fault, why) => {
    feed.fault = fault;
    const { result, added } = await profile.harmless(sync);
    const come = result.done;
    expect(result.state).toBe('failed');
    expect(result.message).toBe(`${why(feed.url)} ${HERE.replace('250', `${come}`)}`);
    expect(come).toBeGreaterThanOrEqual(250);
    expect(added).toBe(2);
    expect((await profile.test.call('servers.list')).find((one) => one.id === id)).toMatchObject({
      cursor: 250,
      lastError: result.message,
    });
    feed.fault = () => false;
    expect((await sync()).state).toBe('done');
    const events = (await profile.test.rows()).filter(
      (row) => row.source === `server:${id}` && row.sessionId !== 'again',
    );
    expect(events.map((row) => row.events)).toEqual([150, 150]);
    await profile.test.call('servers.remove', { id });
    await profile.test.call('sessions.delete', {
      keys: (await profile.test.rows()).filter((row) => row.source === `server:${id}`).map((row) => row.key),
    });
  });
});

describe('an address or a token that is wrong is told apart', () => {
  const DAY = 86_400_000;
  const verdict = async (url: string, token = feed.token): Promise<string> => {
    const { result } = await profile.harmless(() => profile.test.call('servers.test', { url, token }));
    expect(result.project).toBeNull();
    return result.verdict;
  };
  const refusal = async (url: string, token = feed.token): Promise<unknown> =>
    profile.test.call('servers.add', { url, token }).catch((error: unknown) => (error as Error).message);

  it.each<[string, () => [string, string?], RegExp]>([
    [
      'a wrong token',
      () => [feed.url, 'tfr_wrong'],
      /^http:\S+ refused the token: This read token is not known here\. Paste the read token again, or ask for a new one\.$/,
    ],
    [
      'a write key',
      () => [feed.url, 'tfw_0123'],
      /^This is a write key, which pages send with\. Paste the read token, which begins with tfr_\.$/,
    ],
    ['no token', () => [feed.url, ' '], /^Paste the read token that the server printed\.$/],
    ['no address', () => ['', 'x'], /^"" is not an address of a server\.$/],
    [
      'another scheme',
      () => ['ftp://shop.example', 'x'],
      /^A server's address begins with https:\/\/ or http:\/\/, not ftp:\/\/\.$/,
    ],
    [
      'a password in it',
      () => ['https://a:b@shop.example', 'x'],
      /^Leave user name and password out of the address: the token is the key\.$/,
    ],
    [
      'a host that is not',
      () => ['http://no-such-host.invalid', 'x'],
      /^http:\/\/no-such-host\.invalid cannot be reached: (there is no host of this name\. Check how it is spelled|the name could not be looked up\. Is this machine online\?)/,
    ],
    [
      'a port where nobody is',
      () => ['http://127.0.0.1:9', 'x'],
      /^http:\/\/127\.0\.0\.1:9 cannot be reached: (nothing listens at this address\. Is the server running, and the port right\?|bad port)/,
    ],
    [
      'https where it is plain',
      () => [feed.url.replace('http:', 'https:'), 'x'],
      /^https:\S+ cannot be trusted: the secure connection failed\. If it is a plain http server, write http:\/\/ before its address\.$/,
    ],
  ])('%s', async (_, address, said) => {
    const [url, token] = address();
    expect(await verdict(url, token)).toMatch(said);
    expect(await refusal(url, token)).toMatch(said);
  });

  const secure = async (from: number, until: number) => {
    const identity = selfSigned({
      names: ['127.0.0.1'],
      from: new Date(Date.now() + from),
      until: new Date(Date.now() + until),
    });
    const https = createHttps(identity, (_request, response) => response.end('{}'));
    await new Promise<void>((done) => https.listen(0, '127.0.0.1', done));
    onTestFinished(() => void https.close());
    return { ...identity, url: `https://127.0.0.1:${(https.address() as AddressInfo).port}` };
  };

  it('a certificate that nobody vouches for', async () => {
    const { url } = await secure(-DAY, DAY);
    expect(await verdict(url)).toBe(
      `${url} cannot be trusted: its certificate is self-signed and not known to this machine. Have it installed, or another one used.`,
    );
  });

  it('a certificate that has expired', async () => {
    const { url, cert } = await secure(-9 * DAY, -DAY);
    const known = getCACertificates();
    setDefaultCACertificates([...known, cert]); // this machine knows it, so that its age alone is wrong
    onTestFinished(() => setDefaultCACertificates(known));
    expect(await verdict(url)).toBe(
      `${url} cannot be trusted: its certificate has expired. Whoever runs it has to renew it.`,
    );
  });
});

describe('what pages may send wrongly, by way of a real server', () => {
  let server: InsideServer;
  let keys: { writeKey: string; readToken: string };
  beforeAll(async () => {
    server = await startInside();
    keys = await server.project('Shop');
  });
  afterAll(() => server.close());

  const AT = 1_700_000_000_000;
  const events = (first: number, count: number) =>
    gzipSync(
      JSON.stringify(
        Array.from({ length: count }, (_, index) => ({
          type: 5,
          timestamp: AT + (first + index) * 10,
          data: { tag: 't' },
        })),
      ),
    );
  const send = async (session: string, first: number, body: Buffer, over: object = {}): Promise<number> => {
    const now = Date.now();
    const head = {
      session,
      window: 'w',
      generation: `g-${session}`,
      first,
      count: 2,
      from: AT,
      to: AT,
      sent: now,
      ...over,
    };
    return (await post(server.url, headOf(keys.writeKey, head), new Uint8Array(body))).status;
  };
  const synced = async (session: string) => {
    const added = await profile.test.call('servers.add', { url: server.url, token: keys.readToken });
    const { result } = await profile.harmless(async () =>
      profile.test.wait(await profile.test.call('sync.start', { id: added.id })),
    );
    expect(result.state).toBe('done');
    const row = (await profile.test.rows()).find((one) => one.sessionId === session);
    if (!row) throw new Error(`${session} did not arrive.`);
    return row;
  };

  it('a broken gzip: the rest of the session is there, the loss is said in numbers', async () => {
    expect(await send('broken', 0, events(0, 2))).toBe(200);
    expect(await send('broken', 2, events(2, 2).subarray(0, 30))).toBe(200);
    expect((await synced('broken')).notice).toBe('Could not be read: 2 events (a chunk cannot be decompressed).');
  });

  it('a sequence gap: what is missing is counted where it is missing', async () => {
    for (const first of [0, 7]) expect(await send('gap', first, events(first, 2))).toBe(200);
    const { key } = await synced('gap');
    const signals = await profile.test.call('recording.signals', { key });
    expect(signals.filter(({ kind }) => kind === 'gap').map(({ text }) => text)).toEqual([
      '5 recorded events are missing',
    ]);
  });

  it.each([
    ['behind', -1],
    ['ahead', 1],
  ])('a clock a day %s: the times are the page’s, and the session says so', async (word, sign) => {
    const sent = Date.now() + sign * 86_400_000;
    for (const first of [0, 2]) expect(await send(`clock-${word}`, first, events(first, 2), { sent })).toBe(200);
    expect((await synced(`clock-${word}`)).notice).toBe(
      `The clock of the recorded page was about 24 hours ${word}: times shown are the page's own.`,
    );
  });

  it('a wrong key and a body over the limit are refused, and nothing of them arrives', async () => {
    expect(await send('refused', 0, events(0, 2), { key: 'tfw_wrong' })).toBe(401);
    expect(await send('refused', 0, Buffer.alloc(5_000_000, '['))).toBe(413);
    expect(await send('kept', 0, events(0, 2))).toBe(200);
    await synced('kept');
    expect((await profile.test.rows()).some((row) => row.sessionId === 'refused')).toBe(false);
  });
});
