import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AskPreview } from '../../../shared/ipc/model-calls.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Transcript } from '../../../shared/model/transcript.ts';
import { faulty } from '../../support/fault-scenarios.ts';
import {
  answer,
  beginStream,
  type ModelEndpoint,
  piece,
  type Reply,
  said,
  startModelEndpoint,
} from '../../support/model-endpoint.ts';
import { memorySecrets, openEngine, type TestEngine } from './support/engine.ts';
import { newFolder, temporaryFolder } from './support/profile.ts';
import { fileWith } from './support/recordings.ts';

const API_KEY = 'sk-test-0123456789abcdef';
const folder = newFolder();
const secrets = memorySecrets();
let endpoint: ModelEndpoint;
let test: TestEngine;
let session: SessionKey;

async function importFaulty(): Promise<SessionKey> {
  const events = faulty('server-error-swallowed')
    .events()
    .map(({ event }) => event);
  const job = await test.importFiles(fileWith(temporaryFolder(), 'pay.json', JSON.stringify(events)));
  return job.sessions[0] as SessionKey;
}

beforeAll(async () => {
  endpoint = await startModelEndpoint();
  test = await openEngine({
    profileDir: folder.path,
    secrets,
    modelPatience: { firstMs: 1500, silenceMs: 1500, totalMs: 20_000 },
  });
});
beforeEach(async () => {
  session = await importFaulty();
  await test.call('models.save', { baseUrl: endpoint.url, model: 'm', key: API_KEY, privacy: 'local-only' });
});
afterAll(async () => {
  await test.close();
  await endpoint.close();
  folder.remove();
});

const prepare = (question = 'Why?'): Promise<AskPreview> => test.call('models.prepare', { key: session, question });
async function ask(how: Reply): Promise<Transcript> {
  endpoint.reply(how);
  const { id, body } = await prepare();
  return test.call('models.ask', { id, body });
}
const last = () => endpoint.received.at(-1);

describe('a question', () => {
  it('leaves only when it was approved, and then byte for byte, with few headers', async () => {
    const before = endpoint.received.length;
    const preview = await prepare('What came after "Pay"?');
    expect(preview).toMatchObject({ host: new URL(endpoint.url).host, model: 'm', leftOut: 0, warning: null });
    expect(preview.bodyBytes).toBe(Buffer.byteLength(preview.body));
    expect(endpoint.received.length).toBe(before);
    await expect(test.call('models.ask', { id: preview.id, body: `${preview.body} ` })).rejects.toThrow(
      'Nothing was sent',
    );
    await expect(test.call('models.ask', { id: 'other', body: preview.body })).rejects.toThrow('Nothing was sent');
    expect(endpoint.received.length).toBe(before);
    endpoint.reply((response) => said(response, 'POST /api/orders answered 500 [s2].'));
    const transcript = await test.call('models.ask', { id: preview.id, body: preview.body });
    expect(endpoint.received.length).toBe(before + 1);
    expect(last()?.body.equals(Buffer.from(preview.body))).toBe(true);
    expect(last()?.path).toBe('/v1/chat/completions');
    expect(Object.keys(last()?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'accept-language',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'sec-fetch-mode',
      'user-agent',
    ]);
    expect(last()?.headers.authorization).toBe(`Bearer ${API_KEY}`);
    expect(transcript).toMatchObject({ outcome: 'complete', error: null, body: preview.body });
  });

  it('is answered sentence by sentence: true ones stand, others are withheld, and all is kept', async () => {
    const drafts: unknown[] = [];
    const stop = test.engine.onEvent((event) => event.name === 'model.draft' && drafts.push(event.payload));
    const text = [
      'The click on "Pay" [s1] started POST /api/orders [s2].',
      'It answered 503 [s2].',
      'The database was down [s2].',
      'Everything is explained by [s99].',
      'POST /api/orders answered 500 after 40 ms [s2].',
    ].join('\n');
    let go = (): void => undefined;
    const waited = new Promise<void>((resolve) => {
      go = resolve;
    });
    const asked = ask(async (response) => {
      beginStream(response);
      response.write(piece(`${text.slice(0, 70)}`));
      await waited;
      response.write(piece(text.slice(70)));
      response.write(piece(null, 'stop'));
      response.end('data: [DONE]\n\n');
    });
    await expect.poll(() => drafts.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(drafts[0]).toMatchObject({ sentences: [{ verdict: 'verified' }], rest: 'It answered 503' });
    go();
    const { sentences } = await asked;
    stop();
    expect(sentences.map(({ verdict }) => verdict)).toEqual([
      'verified',
      'withheld',
      'withheld',
      'withheld',
      'verified',
    ]);
    expect(sentences[3]?.reasons).toEqual(['cites s99, which was not sent']);
    const [kept] = await test.call('transcripts.list', { key: session });
    expect(kept).toMatchObject({ answer: text, sentences });
    await test.call('sessions.delete', { keys: [session] });
    await expect(test.call('transcripts.list', { key: session })).rejects.toThrow('no session');
    session = await importFaulty();
    expect(await test.call('transcripts.list', { key: session })).toEqual([]);
  });

  it('is cancelled at once, also in a slow trickle, and what came is kept', async () => {
    let arrived: Promise<void> | undefined;
    endpoint.reply(async (response, received) => {
      arrived = received.gone;
      beginStream(response);
      response.write(piece('POST /api/orders answered 500 [s2].\nAnd'));
      const trickle = setInterval(() => response.write(': still thinking\n\n'), 50);
      await received.gone;
      clearInterval(trickle);
    });
    const { id, body } = await prepare();
    const cancel = new AbortController();
    const stop = test.engine.onEvent((event) => event.name === 'model.draft' && cancel.abort());
    const result = await test.engine.call('models.ask', { id, body }, cancel.signal);
    stop();
    expect(result).toMatchObject({
      ok: true,
      value: {
        outcome: 'cancelled',
        error: null,
        sentences: [{ verdict: 'verified' }],
        answer: expect.stringMatching(/And$/),
      },
    });
    await arrived; // the socket was closed
  });
});

describe('an endpoint that misbehaves gives one clear message', () => {
  const sse =
    (text: string): Reply =>
    (response) => {
      beginStream(response);
      response.end(text);
    };
  const problem = (message: string, more = {}) => ({ error: { message, ...more } });
  it.each<[string, Reply, Transcript['outcome'], RegExp]>([
    [
      '401',
      answer(401, problem(`Incorrect API key: ${API_KEY}`)),
      'failed',
      /refused the API key \(401\).*Incorrect API key: …$/,
    ],
    ['403', answer(403, 'no'), 'failed', /refused the API key \(403\)/],
    ['404', answer(404, problem('The model "m" does not exist')), 'failed', /no such model.*404.*"m" does not exist/],
    [
      '429 with seconds',
      answer(429, problem('slow down'), { 'retry-after': '17' }),
      'failed',
      /too many requests.*in 17 s/,
    ],
    [
      '429 with a date',
      answer(429, problem('x'), { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }),
      'failed',
      /after Wed, 21 Oct 2026/,
    ],
    ['429 without quota', answer(429, problem('q', { code: 'insufficient_quota' })), 'failed', /no quota left/],
    ['500', answer(500, problem('boom')), 'failed', /fault of its own \(500\).*boom/],
    ['503 as a web page', answer(503, '<html>bad gateway</html>'), 'failed', /503.*web page/],
    [
      '400',
      answer(400, problem('unknown field "stream"')),
      'failed',
      /did not accept the request \(400\).*unknown field/,
    ],
    [
      'a question too long',
      answer(400, problem("This model's maximum context length is 512 tokens")),
      'failed',
      /too long for this model/,
    ],
    ['200 with a web page', answer(200, '<!doctype html><h1>Sign in</h1>'), 'failed', /web page.*sign in/],
    [
      '200 with an error',
      answer(200, problem('model overloaded')),
      'failed',
      /answered with an error: model overloaded/,
    ],
    ['200 at once', answer(200, { choices: [{ message: { content: 'x' } }] }), 'failed', /all at once/],
    [
      'another type',
      answer(200, { a: 1 }, { 'content-type': 'application/octet-stream' }),
      'failed',
      /"application\/octet-stream"/,
    ],
    [
      'a redirect',
      answer(307, '', { location: 'https://evil.test/v1' }),
      'failed',
      /on to https:\/\/evil\.test\/v1; it was not sent there/,
    ],
    ['no head at all', () => undefined, 'failed', /sent nothing/],
    ['no first byte', (response) => beginStream(response).flushHeaders(), 'failed', /sent nothing/],
    ['a reset', (response) => void response.destroy(), 'failed', /cannot be reached: the connection was cut/],
    ['a stall', (response) => void beginStream(response).write(piece('He')), 'cut', /stopped in the middle/],
    ['a cut', sse(piece('He')), 'cut', /broke off before the answer was complete/],
    [
      'a socket that dies',
      (response) => void beginStream(response).write(piece('He'), () => response.destroy()),
      'cut',
      /broke off|connection was cut/,
    ],
    ['broken JSON', sse(`${piece('He')}data: {"choices":[{"delta\n\n`), 'cut', /cannot be read/],
    ['JSON of another kind', sse(`${piece('He')}data: {"choices":"none"}\n\n`), 'cut', /cannot be read/],
    [
      'an error in the stream',
      sse(`${piece('He')}data: ${JSON.stringify(problem('overloaded'))}\n\n`),
      'cut',
      /broke off with an error: .*overloaded/,
    ],
    ['a length limit', sse(`${piece('He')}${piece(null, 'length')}data: [DONE]\n\n`), 'cut', /length limit/],
    [
      'a content filter',
      sse(`${piece('He')}${piece(null, 'content_filter')}data: [DONE]\n\n`),
      'cut',
      /refused to answer/,
    ],
    [
      'a refusal',
      sse('data: {"choices":[{"delta":{"refusal":"I cannot help"}}]}\n\n'),
      'failed',
      /refused to answer: I cannot help/,
    ],
    ['no text', sse(`${piece(null, 'stop')}data: [DONE]\n\n`), 'failed', /without any text/],
    ['no end of text', (response) => said(response, 'x'.repeat(100_000)), 'cut', /does not stop answering/],
  ])('%s', async (_, how, outcome, message) => {
    const before = endpoint.received.length;
    const transcript = await ask(how);
    expect(transcript.outcome).toBe(outcome);
    expect(transcript.error).toMatch(message);
    expect(transcript.error).not.toContain(API_KEY);
    expect(transcript.sentences).toEqual([]);
    expect(endpoint.received.length).toBe(before + 1); // asked once: trying again is the analyst's to say
    expect((await test.call('transcripts.list', { key: session }))[0]).toEqual(transcript);
  });

  it('text in any pieces, with comments and line ends of any kind, is the same text', async () => {
    const text = 'Größe → "Pay" [s1].';
    const bytes = Buffer.from(
      `: keep alive\r\n\r\n${piece(text).replaceAll('\n', '\r\n')}${piece(null, 'stop')}data: [DONE]\n\n`,
    );
    const { answer: got, outcome } = await ask(async (response) => {
      beginStream(response);
      for (const byte of bytes) await new Promise<unknown>((next) => response.write(Buffer.from([byte]), next));
      response.end();
    });
    expect({ got, outcome }).toEqual({ got: text, outcome: 'complete' });
  });
});

describe('the settings', () => {
  it('keep the key to themselves, and for its host alone', async () => {
    const settings = await test.call('models.get');
    expect(settings).toEqual({ baseUrl: endpoint.url, model: 'm', privacy: 'local-only', hasKey: true });
    const other = await startModelEndpoint();
    try {
      await test.call('models.test', { baseUrl: other.url, model: 'm' });
      expect(other.received[0]?.headers.authorization).toBeUndefined();
      await test.call('models.test', { baseUrl: endpoint.url, model: 'm' });
      expect(last()?.headers.authorization).toBe(`Bearer ${API_KEY}`);
      expect(await test.call('models.save', { baseUrl: other.url, model: 'm', privacy: 'local-only' })).toMatchObject({
        hasKey: false,
      });
      expect(await secrets.get('model:key')).toBeNull();
    } finally {
      await other.close();
    }
  });

  it('test an endpoint with a verdict, and send nothing of a recording', async () => {
    endpoint.reply((response) => said(response, 'ready'));
    const works = await test.call('models.test', { baseUrl: `${endpoint.url}/chat/completions/`, model: ' m ' });
    expect(works).toEqual({
      works: true,
      verdict: expect.stringMatching(/^It works: m at 127\.0\.0\.1:\d+ answered in \d+\.\d s\.$/),
    });
    expect(last()?.body.length).toBeLessThan(200);
    endpoint.reply(answer(401, {}));
    expect(await test.call('models.test', { baseUrl: endpoint.url, model: 'm' })).toMatchObject({
      works: false,
      verdict: expect.stringContaining('refused the API key'),
    });
    expect(
      await test.call('models.test', { baseUrl: endpoint.url.replace('http:', 'https:'), model: 'm' }),
    ).toMatchObject({
      works: false,
      verdict: expect.stringContaining('cannot be trusted: the secure connection failed'),
    });
    expect(await test.call('models.test', { baseUrl: 'nonsense://x', model: 'm' })).toMatchObject({ works: false });
    expect(await test.call('models.test', { baseUrl: endpoint.url, model: '' })).toMatchObject({
      works: false,
      verdict: expect.stringContaining('which model'),
    });
    expect(await test.call('models.test', { baseUrl: 'http://127.0.0.1:9', model: 'm' })).toMatchObject({
      works: false,
      verdict: expect.stringContaining('cannot be reached'),
    });
  });

  it('hold "local only" to this machine, and are off until there are some', async () => {
    const away = { baseUrl: 'https://api.example.test/v1', model: 'm', key: 'k' } as const;
    await expect(test.call('models.save', { ...away, privacy: 'local-only' })).rejects.toThrow('this machine alone');
    expect(await test.call('models.get')).toMatchObject({ baseUrl: endpoint.url });
    await test.call('models.save', { ...away, privacy: 'redacted' });
    const { id, body } = await prepare();
    await test.call('models.save', { baseUrl: endpoint.url, model: 'm', privacy: 'redacted' });
    await expect(test.call('models.ask', { id, body })).rejects.toThrow('prepare the question again');
    await test.call('models.remove');
    expect(await test.call('models.get')).toBeNull();
    await expect(prepare()).rejects.toThrow('No model is configured');
  });

  it('are there after a restart, without the key in any file of the profile', async () => {
    await test.close();
    const bytes = await readFile(join(folder.path, 'library.db'));
    expect(bytes.includes(API_KEY)).toBe(false);
    test = await openEngine({ profileDir: folder.path, secrets });
    expect(await test.call('models.get')).toMatchObject({ model: 'm', hasKey: true });
  });
});
