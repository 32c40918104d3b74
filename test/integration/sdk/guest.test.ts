import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openSite, type Site } from './recorded-page.ts';

/** The SDK is a guest: the page must behave with it as without it. */
let site: Site;
beforeAll(async () => {
  site = await openSite((path, response) => {
    if (path === '/api/json') response.setHeader('content-type', 'application/json').end('{"a":[1,2,3]}');
    else if (path === '/api/slow') {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('first ');
      response.flushHeaders();
      setTimeout(() => response.end('second'), 50);
    } else if (path === '/api/fail') response.writeHead(500).end('no');
    else return false;
    return true;
  });
});
afterAll(() => site.close());
afterEach(async () => {
  for (const context of site.browser.contexts()) await context.close();
});

/** Runs in the page: everything about the wrapped functions that a page could notice. */
async function observe(): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  const named: [string, unknown][] = [
    ['fetch', window.fetch],
    ['setTimeout', window.setTimeout],
    ['setInterval', window.setInterval],
    ['requestAnimationFrame', window.requestAnimationFrame],
    ['requestIdleCallback', window.requestIdleCallback],
    ['MessageChannel', window.MessageChannel],
    ['postMessage', MessagePort.prototype.postMessage],
    ['json', Response.prototype.json],
    ['open', XMLHttpRequest.prototype.open],
    ['send', XMLHttpRequest.prototype.send],
    ['pushState', History.prototype.pushState],
    ['sendBeacon', Navigator.prototype.sendBeacon],
    ['log', console.log],
  ];
  for (const [name, value] of named) {
    const fn = value as (...args: unknown[]) => unknown;
    const text = Function.prototype.toString.call(fn).includes('[native code]');
    seen[name] = [typeof fn, fn.name, fn.length, 'prototype' in fn, text];
  }
  seen.descriptor = JSON.stringify(Object.getOwnPropertyDescriptor(window, 'fetch'));
  seen.keys = Object.keys(console).join();
  const error = async (body: () => unknown) => {
    try {
      return await body();
    } catch (e) {
      return [(e as Error).constructor === TypeError, (e as Error).name, (e as Error).message];
    }
  };
  seen.badUrl = await error(() => fetch('http://['));
  seen.badThis = await error(() => Response.prototype.json.call({} as Response));
  seen.noArgs = await error(() => (window.fetch as () => unknown)());
  seen.newFetch = await error(() => Reflect.construct(window.fetch, []));
  seen.promise = fetch('/api/json') instanceof Promise;
  const response = await fetch(new Request('/api/json', { headers: { 'x-a': 'b' } }));
  seen.response = [response instanceof Response, response.bodyUsed, response.ok];
  const copy = response.clone();
  seen.json = [await response.json(), response.bodyUsed, await error(() => response.json()), await copy.text()];
  const parts: string[] = [];
  const reader = (await fetch('/api/slow')).body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) parts.push(part.value);
  seen.stream = parts.join('');
  const reason = new Error('mine');
  const abort = new AbortController();
  const pending = fetch('/api/slow', { signal: abort.signal });
  abort.abort(reason);
  seen.abort = (await pending.catch((e: unknown) => e)) === reason;
  seen.parse = await error(async () => (await fetch('/api/fail')).json());
  const xhr = new XMLHttpRequest();
  const order: string[] = [];
  await new Promise<void>((done) => {
    for (const type of ['readystatechange', 'loadstart', 'progress', 'load', 'loadend'] as const) {
      xhr.addEventListener(type, () => order.push(`${type} ${xhr.readyState}`));
    }
    xhr.addEventListener('loadend', () => done());
    xhr.open('GET', '/api/json');
    xhr.responseType = 'json';
    xhr.send();
  });
  seen.xhr = [order.join(), JSON.stringify(xhr.response), Object.keys(xhr).length, String(xhr)];
  const sync = new XMLHttpRequest();
  sync.open('GET', '/api/json', false);
  sync.send();
  seen.sync = sync.responseText;
  seen.timer = await new Promise((done) => setTimeout((...args: unknown[]) => done(args), 1, 'a', 2));
  seen.timerThis = await new Promise((done) =>
    setTimeout(function (this: unknown) {
      done(this === window);
    }, 1),
  );
  const unhandled: unknown[] = [];
  const note = (event: PromiseRejectionEvent) => unhandled.push(String(event.reason));
  addEventListener('unhandledrejection', note);
  fetch('http://[').catch(() => undefined); // handled: not reported
  void fetch('http://['); // nobody looks at it: reported exactly once
  while (unhandled.length === 0) await new Promise((done) => setTimeout(done));
  await new Promise((done) => setTimeout(done));
  removeEventListener('unhandledrejection', note);
  seen.unhandled = unhandled;
  history.replaceState({ a: 1 }, '', '#state');
  seen.history = [location.hash, JSON.stringify(history.state)];
  return seen;
}

describe('a recorded page', () => {
  it('behaves as one that is not', async () => {
    const bare = await site.open('<p>x</p>', { start: "init({ server: location.origin, key: 'k', disabled: true })" });
    const recorded = await site.open('<p>x</p>');
    expect(await recorded.evaluate(observe)).toEqual(await bare.evaluate(observe));
    expect(site.troubles).toEqual([]);
  });

  it('has its own functions back after stop, and keeps working with those it held on to', async () => {
    const page = await site.open('<p>x</p>', {
      start: `(() => {
        const owners = { window, console, Port: MessagePort.prototype, Channel: MessageChannel.prototype, Response: Response.prototype, XHR: XMLHttpRequest.prototype,
          History: History.prototype, Navigator: Navigator.prototype, Element: Element.prototype,
          Input: HTMLInputElement.prototype, Sheet: CSSStyleSheet.prototype, Style: CSSStyleDeclaration.prototype };
        const look = () => Object.fromEntries(Object.entries(owners).map(([name, owner]) => [name, Object.fromEntries(
          Object.entries(Object.getOwnPropertyDescriptors(owner)).filter(([key]) => !/^(recorder|look|before|held)$/.test(key)
            && !/^(event|name|status|scroll|page|screen|inner|outer|performance|length|\\d)/.test(key)))]));
        window.look = look; window.before = look();
        const recorder = init({ server: location.origin, key: 'k' });
        window.held = window.fetch;
        return recorder;
      })()`,
    });
    const changed = await page.evaluate(async () => {
      await window.recorder.stop();
      const w = window as unknown as { look(): Looks; before: Looks; held: typeof fetch };
      type Looks = Record<string, Record<string, PropertyDescriptor>>;
      const after = w.look();
      const differs = (a: PropertyDescriptor | undefined, b: PropertyDescriptor | undefined) =>
        !Object.is(a?.value, b?.value) || a?.get !== b?.get || a?.set !== b?.set;
      const names: string[] = [];
      for (const [owner, before] of Object.entries(w.before)) {
        for (const key of Object.keys({ ...before, ...after[owner] })) {
          if (differs(before[key], after[owner]?.[key])) names.push(`${owner}.${key}`);
        }
      }
      return { names, held: (await w.held('/api/json')).status };
    });
    expect(changed).toEqual({ names: [], held: 200 });
  });

  it('is not disturbed by options that are wrong, and records once however often it is asked', async () => {
    const page = await site.open('<p>x</p>', {
      start:
        "[init(), init({}), init({ server: 'nonsense', key: 'k' }), init({ server: location.origin, key: 'k', privacy: { unmask: '((' } })].at(-1)",
    });
    const states = await page.evaluate(() => {
      const { init } = window as unknown as { init(o: unknown): typeof window.recorder };
      const [a, b] = [1, 2].map(() => init({ server: location.origin, key: 'k' }));
      return [window.recorder.sessionId, a === b, a?.sessionId !== ''];
    });
    expect(states).toEqual(['', true, true]);
    expect(site.troubles.length).toBeGreaterThan(0);
  });
});
