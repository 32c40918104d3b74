import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { captured, openSite, type Site } from './recorded-page.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite((path, response, request) => {
    if (path === '/elsewhere') response.setHeader('content-type', 'text/html').end('<p>elsewhere</p>');
    else if (path === '/gone.png') response.writeHead(410).end();
    else if (path === '/api/save') response.end('{}');
    else if (path === '/sw.js') response.setHeader('content-type', 'text/javascript').end('throw new Error("broken")');
    else return false;
    request.resume();
    return true;
  });
});
afterAll(() => site.close());
afterEach(async () => {
  for (const context of site.browser.contexts()) await context.close();
  expect(site.troubles).toEqual([]);
});

const frames = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

describe('failures around the page’s own code', () => {
  it('resources with their status, and what the page’s policy forbade, once each', async () => {
    const page = await site.open(`<button id="eval" onclick="new Function('1')">Eval</button>`, {
      head: `<meta http-equiv="Content-Security-Policy" content="img-src 'self'; script-src 'self' 'unsafe-inline'">`,
    });
    await page.evaluate(() => {
      for (const src of ['/gone.png?a=SECRET', 'https://ads.test/x.png?b=SECRET', 'https://ads.test/x.png?b=SECRET']) {
        document.body.append(Object.assign(new Image(), { src }));
      }
    });
    await page.click('#eval');
    await expect
      .poll(async () => captured(await site.recorded(page), 'error').filter(({ kind }) => kind === 'resource').length)
      .toBeGreaterThan(0);
    const events = await site.recorded(page);
    const gone = captured(events, 'error').find(({ source }) => source?.includes('gone'));
    expect(gone).toMatchObject({ kind: 'resource', message: 'Failed to load img' });
    expect([undefined, 410]).toContain(gone?.status);
    const violations = captured(events, 'violation');
    expect(violations.map(({ directive, disposition }) => [directive, disposition])).toEqual([
      ['img-src', 'enforce'],
      ['script-src', 'enforce'],
    ]);
    expect(violations[0]?.blocked).toMatch(/^https:\/\/ads\.test\/x\.png\?b=~[0-9a-f]{4}$/);
    expect(violations[1]?.blocked).toBe('eval');
    expect(JSON.stringify(events)).not.toContain('SECRET');
  });
});

describe('forms', () => {
  const FORM = `<form id="f" onsubmit="event.preventDefault()"><input id="name" required aria-label="Name"><input id="mail" type="email">
    <input type="checkbox" id="ok"><select id="s"><option value="">-<option value="SECRETone">1</select>
    <input id="pin" data-tf-ignore><button id="send">Send</button><button id="clear" type="reset">Clear</button></form>`;

  it('tell order, edits, second tries and how they end, and never a value', async () => {
    const page = await site.open(FORM);
    await page.locator('#mail').pressSequentially('SECRET');
    await page.locator('#name').pressSequentially('SECRETname');
    await page.locator('#mail').press('End');
    await page.locator('#mail').pressSequentially('@x.example');
    await page.locator('#name').fill('');
    await page.locator('#name').fill('SECRETagain');
    await page.locator('#s').press('ArrowDown');
    await page.check('#ok');
    await page.locator('#pin').fill('SECRETpin');
    await page.click('#send');
    const events = await site.recorded(page);
    const [form, ...others] = captured(events, 'form');
    expect(others).toEqual([]);
    const submit = captured(events, 'action').find(({ kind }) => kind === 'submit');
    expect(form).toMatchObject({ form: { selector: '#f', tag: 'form' }, outcome: 'submitted' });
    expect(form?.action).toBe((submit?.id ?? 0) - 1); // the click on the button that submitted it
    expect(form?.fields.map(({ field, type, order }) => [order, field.selector, type])).toEqual([
      [1, '#mail', 'email'],
      [2, '#name', 'text'],
      [3, '#s', 'select-one'],
      [4, '#ok', 'checkbox'],
    ]);
    const [mail, name, choice] = form?.fields ?? [];
    expect(mail).toMatchObject({ visits: 2, edits: 2, refills: 1, filled: true, invalid: true });
    expect(name).toMatchObject({ filled: true, refills: 1 });
    expect(choice).toMatchObject({ filled: true, refills: 0 });
    expect(name?.field.label).toBe('Name');
    expect(captured(events, 'action').some(({ target }) => target.selector === '#pin')).toBe(false);
    expect(JSON.stringify(events)).not.toContain('SECRET');
  });

  it('that are emptied, sent by a button’s request, or given up say so', async () => {
    const page = await site.open(
      `${FORM}<form id="g"><input id="q"><button type="button" id="save" onclick="fetch('/api/save', { method: 'POST' })">Save</button></form>
       <form id="h"><input id="z"></form>`,
    );
    await page.locator('#name').fill('x');
    await page.click('#clear');
    await page.locator('#q').fill('y');
    await page.click('#save');
    await page.locator('#z').fill('z');
    const session = await page.evaluate(() => window.recorder.sessionId);
    await page.goto('about:blank');
    const forms = () => {
      const generation = site.sink.heads.findLast((head) => head.session === session)?.generation;
      return captured(site.sink.events(generation), 'form').map(({ form, outcome }) => [form.selector, outcome]);
    };
    await expect.poll(forms).toEqual([
      ['#f', 'reset'],
      ['#g', 'submitted'],
      ['#h', 'abandoned'],
    ]);
  });
});

describe('addresses', () => {
  it('tell a reload, and steps among fragments', async () => {
    const page = await site.open('<a id="a" href="#one">one</a>');
    const kinds = async () => captured(await site.recorded(page), 'navigation').map(({ kind, type }) => type ?? kind);
    await page.click('#a');
    await expect.poll(kinds).toEqual(['navigate', 'hash']);
    await page.evaluate(() => location.assign('#two'));
    await expect.poll(kinds).toEqual(['navigate', 'hash', 'hash']);
    await page.goBack();
    await expect.poll(kinds).toEqual(['navigate', 'hash', 'hash', 'hash']);
    await page.reload();
    await page.waitForFunction(() => window.recorder !== undefined);
    expect(await kinds()).toEqual(['reload']);
  });

  it('tell that a page came back as it was from the back/forward cache', async () => {
    const browser = await launchChromium([], ['--disable-back-forward-cache']);
    const page = await site.open('<p id="p">x</p>', { context: await browser.newContext() });
    const session = await page.evaluate(() => window.recorder.sessionId);
    await page.goto(`${site.sink.url}/elsewhere`);
    // A page that comes back as it was loads nothing that could be waited for: what it sends tells.
    await page.evaluate(() => setTimeout(() => history.back()));
    const steps = () => {
      const generation = site.sink.heads.findLast((head) => head.session === session)?.generation;
      return captured(site.sink.events(generation), 'navigation').map(({ kind, cached }) => [kind, cached]);
    };
    await expect.poll(steps, { timeout: 20_000 }).toEqual([
      ['load', undefined],
      ['leave', true],
      ['pop', true],
    ]);
    await browser.close();
  });
});

describe('surroundings', () => {
  it('are told: offline and back, full storage, a service worker that fails, an unseen page', async () => {
    const context = await site.browser.newContext();
    const page = await site.open('<p>x</p>', { context });
    await context.setOffline(true);
    await page.waitForFunction(() => !navigator.onLine);
    await context.setOffline(false);
    await page.waitForFunction(() => navigator.onLine);
    const seen = await page.evaluate(async () => {
      const caught: string[] = [];
      for (let i = 0; i < 2; i++) {
        try {
          localStorage.setItem('SECRETkey', 'SECRET'.repeat(2_000_000));
        } catch (error) {
          caught.push((error as Error).name);
        }
      }
      await navigator.serviceWorker.register('/sw.js').catch((error: Error) => caught.push(error.name));
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      return caught;
    });
    expect(seen).toEqual(['QuotaExceededError', 'QuotaExceededError', 'TypeError']);
    const states = async () =>
      captured(await site.recorded(page), 'state').map(({ aspect, value, detail }) =>
        aspect === 'connection' ? `${aspect} ${value}` : `${aspect} ${value} ${detail ?? ''}`.trim(),
      );
    await expect
      .poll(states)
      .toEqual([
        'connection offline',
        'connection online',
        'storage quota localStorage',
        'worker failed TypeError',
        'visibility hidden',
      ]);
    const [, online] = captured(await site.recorded(page), 'state');
    expect(online?.durationMs).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(await site.recorded(page))).not.toContain('SECRET');
  });
});

describe('what the page says', () => {
  it('events, tags, flags and caught errors, linked to the act', async () => {
    const page = await site.open(`<button id="go">Go</button><script>document.getElementById('go').onclick = () => {
      recorder.track('order placed', { total: 12.5, mail: 'ann@example.com', nested: { a: 1 } });
      recorder.tag('plan', 'pro'); recorder.tag('plan', 'pro'); recorder.flag('new-checkout', true);
      try { null.x; } catch (error) { recorder.captureException(error); }
    };</script>`);
    await page.click('#go');
    const events = await site.recorded(page);
    expect(captured(events, 'track')).toEqual([
      { kind: 'event', name: 'order placed', data: { total: 12.5, mail: '<email>', nested: '{a: 1}' }, action: 1 },
      { kind: 'tag', name: 'plan', value: 'pro', action: 1 },
      { kind: 'flag', name: 'new-checkout', value: true, action: 1 },
    ]);
    expect(captured(events, 'error')).toMatchObject([{ handled: true, name: 'TypeError', action: 1 }]);
    expect(captured(events, 'error')[0]?.stack).toContain('onclick');
  });
});

describe('who decides', () => {
  const say = (page: Page, word: string) => page.evaluate((text) => console.log(text), word);

  it('a pause leaves nothing but that it was, and the document after it', async () => {
    const page = await site.open('<p id="p">x</p>');
    await say(page, 'before');
    // The document is recorded by the part that is loaded later.
    await expect.poll(async () => (await site.recorded(page)).filter(({ type }) => type === 2).length).toBe(1);
    await page.evaluate(() => window.recorder.pause());
    await say(page, 'SECRETpaused');
    await page.evaluate(() => document.getElementById('p')?.after('changed meanwhile'));
    await frames(page);
    await page.evaluate(() => window.recorder.resume());
    await say(page, 'after');
    const events = await site.recorded(page);
    expect(captured(events, 'console').map(({ args }) => args[0])).toEqual(['before', 'after']);
    const [omission] = captured(events, 'omission');
    expect(omission).toMatchObject({ what: 'everything', reason: 'paused' });
    expect(omission?.since).toBeLessThanOrEqual(events.at(-1)?.timestamp ?? 0);
    expect(events.filter(({ type }) => type === 2)).toHaveLength(2);
    expect(JSON.stringify(events)).not.toContain('SECRET');
  });

  it('without consent nothing is touched; with it, what was said before counts', async () => {
    const page = await site.open('<p>x</p>', {
      start: `(window.native = [fetch, console.log, localStorage.length], init({ server: location.origin, key: 'k', waitForConsent: true }))`,
    });
    await page.evaluate(() => {
      window.recorder.tag('plan', 'pro');
      window.recorder.identify({ id: 'u7' });
    });
    await say(page, 'unheard');
    expect(
      await page.evaluate('[fetch === native[0], console.log === native[1], localStorage.length === native[2]]'),
    ).toEqual([true, true, true]);
    const posts = site.sink.heads.length;
    await page.evaluate(() => window.recorder.flush());
    expect(site.sink.heads.length).toBe(posts);
    await page.evaluate(() => window.recorder.resume());
    await say(page, 'heard');
    const events = await site.recorded(page);
    expect(captured(events, 'console').map(({ args }) => args[0])).toEqual(['heard']);
    expect(captured(events, 'track')).toMatchObject([{ kind: 'tag', name: 'plan', value: 'pro' }]);
    expect(captured(events, 'session').at(-1)?.user).toEqual({ id: 'u7' });
  });

  it('an opt-out forgets what was not sent, lasts over a reload and can be taken back', async () => {
    const page = await site.open('<p>x</p>');
    const native = await page.evaluate(() => {
      console.log('SECRETunsent');
      const session = window.recorder.sessionId;
      window.recorder.optOut();
      return [session, window.recorder.sessionId, Function.prototype.toString.call(console.log)];
    });
    expect(native[0]).not.toBe('');
    expect(native[1]).toBe('');
    await page.reload();
    await page.waitForFunction(() => window.recorder !== undefined);
    expect(await page.evaluate(() => window.recorder.sessionId)).toBe('');
    expect(site.sink.heads.some(({ session }) => session === native[0])).toBe(false);
    await page.evaluate(() => window.recorder.optIn());
    await say(page, 'again');
    expect(captured(await site.recorded(page), 'console').map(({ args }) => args[0])).toEqual(['again']);
    expect(site.sink.text()).not.toContain('SECRETunsent');
  });

  it('the Global Privacy Control signal counts where the page honours it', async () => {
    const signal = `Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }), `;
    const options = `{ server: location.origin, key: 'k'`;
    const ids: string[] = [];
    for (const honour of [true, false]) {
      const start = `(${signal} init(${options}, honourGlobalPrivacyControl: ${honour} }))`;
      const page = await site.open('<p>x</p>', { start });
      ids.push(await page.evaluate(() => window.recorder.sessionId));
    }
    expect([ids[0] === '', ids[1] === '']).toEqual([true, false]);
  });
});
