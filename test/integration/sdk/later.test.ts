import type { BrowserContext, Route } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { EventType } from '../../../shared/model/recorded-event.ts';
import { captured, openSite, type Site } from './recorded-page.ts';

let site: Site;
let context: BrowserContext;
beforeAll(async () => {
  site = await openSite((path, response) => {
    if (path !== '/api/early') return false;
    response.end('{}');
    return true;
  });
});
afterAll(() => site.close());
afterEach(() => context.close());

const LATER = /\/traceflow-[0-9a-f]{8}\.js$/;
const BODY = `<button id="go" onclick="fetch('/api/early'); throw new Error('early')">Go</button>`;

/** A context in which the later part is asked for, and comes when told. */
async function withLater(answer: (route: Route) => Promise<void>): Promise<{ asked: Promise<void> }> {
  context = await site.browser.newContext();
  let seen: () => void = () => undefined;
  const asked = new Promise<void>((done) => {
    seen = done;
  });
  await context.route(LATER, async (route) => {
    seen();
    await answer(route);
  });
  return { asked };
}

it('what happens before the larger part is there waits for it, in order, with the ids of its elements', async () => {
  let arrive: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    arrive = done;
  });
  const { asked } = await withLater(async (route) => {
    await held;
    await route.continue();
  });
  const page = await site.open(BODY, { context });
  await asked;
  await page.click('#go');
  arrive();
  const events = await site.recorded(page);
  const kinds = events.map(({ type, data }) => (data as { plugin?: string }).plugin?.slice(10, -2) ?? type);
  expect(kinds.slice(0, 5)).toEqual(['session', 'navigation', 'action', 'request', 'error']);
  expect(kinds.indexOf(EventType.FullSnapshot)).toBeGreaterThan(kinds.indexOf('error'));
  const times = events.map(({ timestamp }) => timestamp);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const [action] = captured(events, 'action');
  expect(action?.target.node).toBeGreaterThan(0);
  const snapshot = JSON.stringify(events.find(({ type }) => type === EventType.FullSnapshot));
  expect(snapshot).toMatch(
    new RegExp(`"id":"go"[^{}]*\\}[^{}]*"childNodes":\\[[^\\]]*\\],"id":${action?.target.node}\\b`),
  );
  expect(captured(events, 'error')[0]).toMatchObject({ message: 'early', action: action?.id });
});

it('a page that is left before sends what it has, and one that may not load it says so', async () => {
  const { asked } = await withLater(() => new Promise(() => undefined));
  const page = await site.open(BODY, { context });
  const session = await page.evaluate(() => window.recorder.sessionId);
  await asked;
  await page.click('#go');
  await page.goto('about:blank');
  const of = () => site.sink.events(site.sink.heads.findLast((head) => head.session === session)?.generation ?? '-');
  await expect.poll(() => captured(of(), 'error').length).toBe(1);
  expect(captured(of(), 'navigation').at(-1)).toMatchObject({ kind: 'leave' });
  await context.close();

  await withLater((route) => route.abort());
  const blocked = await site.open(BODY, { context });
  await blocked.click('#go');
  const events = await site.recorded(blocked);
  expect(captured(events, 'omission')).toMatchObject([{ what: 'dom', reason: 'not-loaded' }]);
  expect(captured(events, 'error')).toMatchObject([{ message: 'early' }]);
  expect(site.troubles.some((text) => text.includes('could not be loaded'))).toBe(true);
});
