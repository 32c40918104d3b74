import { expect, onTestFinished, test } from 'vitest';
import { unwrap } from '../../../shared/lib/result.ts';
import { ChunkInfo } from '../../../shared/model/session.ts';
import { LiveList } from '../../../shared/wire/live.ts';
import { ServerSessionFacts } from '../../../shared/wire/server-session.ts';
import { BackendBuilder } from '../../support/backend-builder.ts';
import { SessionBuilder, STARTED_AT } from '../../support/session-builder.ts';
import { startTeamServer } from '../../support/shop-server.ts';
import { get, headOf, post } from '../server/support/client.ts';
import { visitBatches } from '../server/support/visit.ts';
import { startEngine } from './support/engine.ts';
import { temporaryFolder } from './support/profile.ts';

const DAY_MS = 86_400_000;

test('a backend whose clock is days behind moves nothing but its own records, on the server and the workstation', async () => {
  const server = await startTeamServer(temporaryFolder(), 'none');
  onTestFinished(server.close);
  const pages = new SessionBuilder();
  const request = pages.request(2000, '/api/orders', { method: 'POST', answerMs: 100, status: 500 });
  pages.end(60_000);
  const backend = new BackendBuilder(-3 * DAY_MS);
  const id = backend.answer({ request, at: 2030, tookMs: 40, status: 500 });
  backend.error(2040, 'no stock', { request: id });
  // The backend's come first: until the page's are there, they are all that is known.
  for (const builder of [backend, pages]) {
    const sent = builder === backend ? Date.now() - 3 * DAY_MS : Date.now();
    for (const { head, body } of visitBatches(builder.events(), 'visit', 100))
      expect((await post(server.url, headOf(server.writeKey, { ...head, sent }), body)).status).toBe(200);
    const live = LiveList.parse(await (await get(server.url, '/v1/live', server.readToken)).json());
    expect(live.sessions.map(({ session, events }) => [session, events])).toEqual(
      builder === backend ? [] : [['visit', pages.events().length]],
    );
  }
  await server.settle();
  const { session } = ServerSessionFacts.parse(
    await (await get(server.url, '/v1/sessions/visit', server.readToken)).json(),
  );
  expect(session).toMatchObject({ startedAt: STARTED_AT, durationMs: 60_000, missing: 0, errors: 0 });
  expect(Math.abs(session.skewMs)).toBeLessThan(DAY_MS);

  const engine = await startEngine();
  const { id: source } = await engine.call('servers.add', { url: server.url, token: server.readToken });
  await engine.wait(await engine.call('sync.start', { id: source }));
  const [row] = await engine.rows();
  if (!row) throw new Error('nothing was synced');
  expect(row).toMatchObject({ startedAt: STARTED_AT, durationMs: 60_000, notice: null });
  const { key } = row;
  const signals = await engine.call('recording.signals', { key });
  expect(signals.filter(({ kind }) => kind === 'backend').map(({ at, text }) => [at - STARTED_AT, text])).toEqual([
    [2030, 'orders: POST /api/orders -> 500'],
    [2040, 'orders: PaymentError: no stock'],
  ]);
  // What is replayed and listed as the page's events has none of them; what is kept and exported has.
  const windows = (chunks: unknown): string[] =>
    ChunkInfo.array()
      .parse(chunks)
      .map(({ window }) => window);
  const frame = await engine.engine.frame(key)('frame.chunks', undefined, new AbortController().signal);
  expect(windows(unwrap(frame))).toEqual(['w1']);
  expect((await engine.call('recording.events', { key })).total).toBe(pages.events().length);
  expect(windows(await engine.call('recording.chunks', { key }))).toEqual(['backend_orders', 'w1']);
});
