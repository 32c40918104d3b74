import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EventType } from '../../../shared/model/recorded-event.ts';
import { captured, openSite, type Site } from './recorded-page.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite((path, response) => {
    if (path === '/api/items') {
      response.setHeader('content-type', 'application/json');
      response.end('{"items":[{"id":1,"name":"SECRET-NAME"},{"id":2}],"total":2}');
    } else if (path === '/api/fail') {
      response.writeHead(500, { 'content-type': 'application/problem+json' }).end('{"error":"SECRET-REASON"}');
    } else if (path === '/api/html') response.setHeader('content-type', 'text/html').end('<p>not json</p>');
    else if (path === '/api/never') return true;
    else return false;
    return true;
  });
});
afterAll(() => site.close());
afterEach(async () => {
  for (const context of site.browser.contexts()) await context.close();
  expect(site.troubles).toEqual([]);
});

/** The effect of a click comes a second after it. */
const effectOf = async (page: Awaited<ReturnType<Site['open']>>, count = 1) => {
  await expect
    .poll(async () => captured(await site.recorded(page), 'effect').length, { timeout: 10_000 })
    .toBeGreaterThanOrEqual(count);
  return captured(await site.recorded(page), 'effect');
};

describe('what begins a recording', () => {
  it('is the session at seq 0, the address, and a full snapshot', async () => {
    const page = await site.open('<h1>Shop</h1>', {
      start: "init({ server: location.origin, key: 'k', release: '1.2.3', user: { id: 'u1', name: 'Ann' } })",
    });
    const events = await site.recorded(page);
    expect(events[0]?.data).toMatchObject({ plugin: 'traceflow/session@1' });
    expect(captured(events, 'session')[0]).toMatchObject({ release: '1.2.3', user: { id: 'u1', name: 'Ann' } });
    expect(captured(events, 'navigation')[0]).toMatchObject({ kind: 'load' });
    expect(events.map(({ type }) => type)).toContain(EventType.FullSnapshot);
    const times = events.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.every(Number.isInteger)).toBe(true);
  });
});

describe('requests', () => {
  it('follow a fetch through its phases, with the shape of its answer and the click that started it', async () => {
    const page = await site.open(`<button id="go" onclick="fetch('/api/items?q=SECRET', {method:'post', body:'abc'})
      .then(r => r.json()).then(d => { document.title = 'x' + d.total; })">Go</button>`);
    await page.click('#go');
    await page.waitForFunction(() => document.title === 'x2');
    const [effect] = await effectOf(page);
    const events = await site.recorded(page);
    const [action] = captured(events, 'action');
    const requests = captured(events, 'request');
    expect(requests.map(({ phase }) => phase)).toEqual(['sent', 'received', 'consumed']);
    expect(requests[0]).toMatchObject({ kind: 'fetch', method: 'POST', order: 1, requestBytes: 3, action: action?.id });
    expect(requests[0]?.url).toMatch(/\/api\/items\?q=~[0-9a-f]{4}$/);
    expect(requests[2]).toMatchObject({
      status: 200,
      contentType: 'application/json',
      shape: '{items:[{id:number,name?:string}],total:number}',
    });
    expect(effect).toMatchObject({ action: action?.id, requests: [requests[0]?.id] });
    expect(JSON.stringify(events)).not.toContain('SECRET');
  });

  it('say how they failed', async () => {
    const page = await site.open('');
    await page.evaluate(async () => {
      await fetch('http://127.0.0.1:1/').catch(() => undefined);
      const abort = new AbortController();
      const aborted = fetch('/api/never', { signal: abort.signal }).catch(() => undefined);
      abort.abort();
      await aborted;
      await fetch('/api/never', { signal: AbortSignal.timeout(20) }).catch(() => undefined);
      await fetch('/api/html').then((r) => r.json().catch(() => undefined));
    });
    const requests = captured(await site.recorded(page), 'request').filter(({ phase }) => phase === 'failed');
    expect(requests.map(({ failure }) => failure)).toEqual(['network', 'aborted', 'timeout', 'parse']);
  });

  it('are seen by XMLHttpRequest and sendBeacon as well', async () => {
    const page = await site.open('');
    const answer = await page.evaluate(async () => {
      navigator.sendBeacon('/api/items', 'hello');
      const ask = (path: string, prepare: (xhr: XMLHttpRequest) => void) =>
        new Promise((done) => {
          const xhr = new XMLHttpRequest();
          xhr.open('GET', path);
          prepare(xhr);
          xhr.onloadend = () => done(xhr.response);
          xhr.send();
        });
      const json = await ask('/api/items', (xhr) => {
        xhr.responseType = 'json';
      });
      await ask('/api/never', (xhr) => {
        xhr.timeout = 20;
      });
      await ask('/api/never', (xhr) => setTimeout(() => xhr.abort(), 10));
      await ask('http://127.0.0.1:1/', () => undefined);
      return json;
    });
    expect(answer).toMatchObject({ total: 2 });
    const requests = captured(await site.recorded(page), 'request');
    expect(requests.filter(({ kind }) => kind === 'beacon')).toMatchObject([{ phase: 'sent', requestBytes: 5 }]);
    const xhr = requests.filter(({ kind }) => kind === 'xhr');
    expect(xhr.map(({ phase, failure }) => failure ?? phase)).toEqual([
      ...['sent', 'received', 'consumed', 'sent', 'timeout', 'sent', 'aborted', 'sent', 'network'],
    ]);
    expect(xhr[2]?.shape).toBe('{items:[{id:number,name?:string}],total:number}');
  });

  it('of the SDK itself are never recorded', async () => {
    const page = await site.open('');
    await site.recorded(page);
    await page.evaluate(() => fetch('/api/items'));
    const events = await site.recorded(page);
    expect(captured(events, 'request').every(({ url }) => url.endsWith('/api/items'))).toBe(true);
  });
});

describe('causes', () => {
  it('lead from an error behind an answer to the request and the click', async () => {
    const page = await site.open(`<button id="go">Go</button><script>
      document.getElementById('go').onclick = async () => {
        const data = await (await fetch('/api/items')).json();
        console.error('drawing', data.total);
        data.missing.map(() => 0);
      };</script>`);
    await page.click('#go');
    await expect.poll(async () => captured(await site.recorded(page), 'error').length).toBe(1);
    const events = await site.recorded(page);
    const [request] = captured(events, 'request');
    const cause = { action: captured(events, 'action')[0]?.id, request: request?.id };
    expect(cause).toEqual({ action: 1, request: 'r1' });
    expect(captured(events, 'error')[0]).toMatchObject({ kind: 'rejection', name: 'TypeError', ...cause });
    expect(captured(events, 'console')[0]).toMatchObject({ level: 'error', args: ['drawing', '2'], ...cause });
  });

  it('lead from an error in a handler to the click, over a short timer to the request, and end there', async () => {
    const page = await site.open(`<button id="throw" onclick="throw new Error('boom')">Throw</button>
      <input id="search" oninput="clearTimeout(window.t); window.t = setTimeout(() => fetch('/api/items'), 150)">`);
    await page.click('#throw');
    // No hand is so quick that its next act comes before the tasks of the one before are over; a machine is.
    await page.evaluate(() => new Promise((over) => setTimeout(() => setTimeout(over))));
    await page.locator('#search').pressSequentially('abc');
    await expect.poll(async () => captured(await site.recorded(page), 'request').length).toBeGreaterThan(1);
    await page.evaluate(() => fetch('/api/fail'));
    const events = await site.recorded(page);
    const actions = captured(events, 'action');
    const input = actions.find(({ kind }) => kind === 'input');
    expect(actions.map(({ kind }) => kind)).toEqual(['click', 'click', 'input'].filter((_, i) => i !== 1));
    expect(captured(events, 'error')[0]).toMatchObject({ kind: 'error', message: 'boom', action: actions[0]?.id });
    // Slow fingers ask more than once; whom each question belongs to is what counts.
    const actionsBehind = (path: string) =>
      captured(events, 'request').flatMap((request) =>
        request.phase === 'sent' && request.url.endsWith(path) ? [request.action] : [],
      );
    expect(new Set(actionsBehind('/api/items'))).toEqual(new Set([input?.id]));
    expect(actionsBehind('/api/fail')).toEqual([undefined]);
  });

  it('make a submit belong to the click on its button', async () => {
    const page = await site.open(`<form id="f" onsubmit="event.preventDefault(); fetch('/api/fail')">
      <input name="q"><button id="pay">Pay</button></form>`);
    await page.click('#pay');
    const [effect] = await effectOf(page);
    const events = await site.recorded(page);
    const [click, submit] = captured(events, 'action');
    expect([click?.kind, submit?.kind]).toEqual(['click', 'submit']);
    expect(captured(events, 'request')[0]?.action).toBe(click?.id);
    expect(effect).toMatchObject({ action: click?.id, mutations: 0, navigated: false, requests: ['r1'] });
  });
});

describe('actions', () => {
  it('describe the element, and an invisible layer over it', async () => {
    const page = await site.open(`<main><div style="padding:20px"><button id="pay"><b>Pay</b></button></div></main>
      <div id="veil" style="position:fixed;inset:0;opacity:0"></div>`);
    const box = await page.locator('#pay').boundingBox();
    await page.mouse.click((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
    const [click] = captured(await site.recorded(page), 'action');
    expect(click?.target).toMatchObject({ selector: '#veil', tag: 'div', interactive: false });
    expect(click?.under?.map(({ selector }) => selector).slice(0, 2)).toEqual(['#veil', '#pay']);
    expect(click?.under?.[1]).toMatchObject({ interactive: true });
    expect(click?.target.node).toBeGreaterThan(0);
    expect(click?.target.label).toBeUndefined();
  });

  it('see the attempt on a disabled button, keys, and one action per field', async () => {
    const page = await site.open(
      `<button id="off" disabled>Off</button><input id="name"><textarea id="note"></textarea>`,
    );
    const box = await page.locator('#off').boundingBox();
    await page.mouse.click((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
    await page.locator('#name').pressSequentially('SECRET');
    await page.locator('#note').pressSequentially('SECRET');
    await page.keyboard.press('Escape');
    const events = await site.recorded(page);
    const actions = captured(events, 'action');
    expect(actions.map(({ kind, target, key }) => [kind, target.selector, key])).toEqual([
      ['click', '#off', undefined],
      ['input', '#name', undefined],
      ['input', '#note', undefined],
      ['key', '#note', 'Escape'],
    ]);
    expect(actions[0]?.target.disabled).toBe(true);
    expect(JSON.stringify(events)).not.toContain('SECRET');
  });

  it('leave scripted events out, and count a label and its field once', async () => {
    const page = await site.open(`<label id="l"><input type="checkbox" id="c">Agree</label><button id="b">B</button>`);
    await page.evaluate(() => document.getElementById('b')?.click());
    await page.click('#l', { position: { x: 40, y: 5 } });
    const actions = captured(await site.recorded(page), 'action');
    expect(actions.map(({ kind, target }) => [kind, target.selector])).toEqual([
      ['click', '#l'],
      ['input', '#c'],
    ]);
    expect(actions[1]?.target.role).toBe('checkbox');
    expect((await effectOf(page))[0]?.mutations).toBeGreaterThan(0);
  });
});

describe('effects', () => {
  it('tell a dead button from a living one, beside a ticking clock', async () => {
    const page = await site.open(`<p id="clock"></p><button id="dead">Dead</button>
      <button id="alive" onclick="setTimeout(() => this.after('done'), 100)">Alive</button>
      <script>window.ticks = 0; setInterval(() => { clock.textContent = String(++window.ticks); }, 150);</script>`);
    await page.waitForFunction('window.ticks > 3');
    await page.click('#dead');
    await effectOf(page, 1);
    await page.click('#alive');
    const effects = await effectOf(page, 2);
    expect(effects[0]).toMatchObject({ mutations: 0, firstMutationMs: null, navigated: false, scrolled: false });
    expect(effects[1]?.mutations).toBeGreaterThan(0);
    expect(effects[1]?.firstMutationMs).toBeGreaterThanOrEqual(100);
  });

  it('end with the next act elsewhere, whose effects are not theirs', async () => {
    const page = await site.open(`<button id="dead">Dead</button>
      <button id="alive" onclick="this.after('done')">Alive</button>`);
    await page.click('#dead');
    await page.click('#dead');
    await page.click('#alive');
    const [first, second, third] = await effectOf(page, 3);
    expect(first).toMatchObject({ mutations: 0, focusMoved: false });
    expect(second).toMatchObject({ mutations: 0, focusMoved: false });
    expect(first?.observedMs).toBeGreaterThanOrEqual(second?.observedMs ?? Number.POSITIVE_INFINITY);
    expect(third?.mutations).toBeGreaterThan(0);
  });

  it('see scrolling, focus and an address that changes', async () => {
    const page = await site.open(`<button id="s" onclick="window.scrollTo(0, 500)">S</button>
      <button id="f" onclick="document.getElementById('i').focus()">F</button><input id="i">
      <button id="n" onclick="history.pushState({}, '', '?step=SECRET')">N</button><p style="height:3000px">`);
    await page.click('#f');
    await page.click('#n');
    await page.click('#s');
    const [focus, push, scroll] = await effectOf(page, 3);
    expect(focus).toMatchObject({ focusMoved: true });
    expect(push).toMatchObject({ navigated: true });
    expect(scroll).toMatchObject({ scrolled: true });
    const navigations = captured(await site.recorded(page), 'navigation');
    expect(navigations.map(({ kind }) => kind)).toEqual(['load', 'push']);
    expect(navigations[1]?.url).toMatch(/\?step=~[0-9a-f]{4}$/);
  });
});

describe('console and errors', () => {
  it('are recorded readable, bounded and safe', async () => {
    const page = await site.open('');
    await page.evaluate(() => {
      document.body.append(Object.assign(new Image(), { src: '/missing.png?token=SECRET' }));
      const cycle: Record<string, unknown> = { a: 1 };
      cycle.self = cycle;
      Object.defineProperty(cycle, 'trap', {
        enumerable: true,
        get: () => {
          throw new Error('getter ran');
        },
      });
      console.log('hello %s', cycle, [1, 'two'], document.body, () => 0, null, 12n);
      console.warn('mail to ann@example.com', '4111 1111 1111 1111');
      console.error(new RangeError('bad'));
      for (const level of ['debug', 'info'] as const) console[level]('x'.repeat(5000));
      setTimeout(() => {
        throw new TypeError('late');
      });
      Promise.reject(new Error('rejected'));
    });
    await expect.poll(async () => captured(await site.recorded(page), 'error').length).toBe(3);
    const events = await site.recorded(page);
    const lines = captured(events, 'console');
    expect(lines.map(({ level }) => level)).toEqual(['log', 'warn', 'error', 'debug', 'info']);
    expect(lines[0]?.args).toEqual([
      'hello %s',
      '{a: 1, self: [circular], trap: (getter)}',
      '[1, "two"]',
      '<body>',
      expect.stringMatching(/^ƒ /),
      'null',
      '12n',
    ]);
    expect(lines[1]?.args).toEqual(['mail to <email>', '<card>']);
    expect(lines[2]?.stack).toContain('RangeError: bad');
    expect(lines[3]?.args[0]?.length).toBeLessThanOrEqual(1000);
    const errors = captured(events, 'error').sort((a, b) => (a.kind < b.kind ? -1 : 1));
    expect(errors.map(({ kind, name }) => [kind, name])).toEqual([
      ['error', 'TypeError'],
      ['rejection', 'Error'],
      ['resource', undefined],
    ]);
    expect(errors[2]?.source).toMatch(/missing\.png\?token=~[0-9a-f]{4}$/);
  });
});
