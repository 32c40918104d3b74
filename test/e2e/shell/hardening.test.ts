import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../../support/app.ts';

/**
 * Electron's security checklist (electronjs.org/docs/latest/tutorial/security), item by item where a running app can show
 * it. Items 9, 10 (experimental and Blink features) and 11, 12 (webviews) are read from the window's own preferences; 16
 * (current version) is the pinned version in package.json; 19 (fuses) is tested on the packaged app.
 */
let running: RunningApp;
let beacon: Server;
let url: string;
const hits: string[] = [];

beforeAll(async () => {
  beacon = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((ready) => beacon.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(beacon.address() as AddressInfo).port}`;
  running = await launchApp();
  await running.page.waitForLoadState('load');
});

afterAll(async () => {
  await running?.close();
  beacon?.close();
});

test('2, 3, 4, 20: the page has no Node, no Electron, an isolated context and a sandboxed process', async () => {
  const inside = await running.page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in window),
    bridge: Object.keys((window as unknown as { traceflowShell: object }).traceflowShell).sort(),
  }));
  expect(inside).toEqual({ globals: [], bridge: ['call', 'droppedFiles', 'openFramePort', 'saveState', 'savedState'] });
  const preferences = await preferencesOf(running);
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  });
});

test('6, 8, 9, 10, 11: nothing weakens the page’s web security', async () => {
  const preferences = await preferencesOf(running);
  expect(preferences.webSecurity).not.toBe(false);
  expect(preferences.allowRunningInsecureContent).not.toBe(true);
  expect(preferences.experimentalFeatures).not.toBe(true);
  expect(preferences.enableBlinkFeatures ?? '').toBe('');
  expect(preferences.webviewTag).not.toBe(true);
});

test('5: every permission is refused', async () => {
  const states = await running.page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'persistent-storage',
    ];
    const query = (name: string) => navigator.permissions.query({ name: name as PermissionName });
    return Promise.all(names.map((name) => query(name).then((status) => status.state)));
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
});

test('7: the page’s CSP refuses inline and foreign script, eval and foreign connections', async () => {
  const csp = await running.page.evaluate(async () =>
    (await fetch('index.html')).headers.get('content-security-policy'),
  );
  expect(csp).toContain("default-src 'none'");
  // One loosening: style attributes, which load and run nothing here (decisions, "Style attributes for the editor").
  expect(csp?.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe');
  const ran = await running.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.__inline = 1';
    document.head.append(script);
    return '__inline' in window;
  });
  expect(ran).toBe(false);
  const styled = await running.page.evaluate(() => {
    const style = document.createElementNS('http://www.w3.org/1999/xhtml', 'style');
    style.textContent = 'html { outline: 7px solid red }';
    document.head.append(style);
    const width = getComputedStyle(document.documentElement).outlineWidth;
    style.remove();
    return width;
  });
  expect(styled).not.toBe('7px');
});

test('7: a style attribute cannot fetch anything either', async () => {
  const before = hits.length;
  await running.page.evaluate((target) => {
    const box = document.createElement('div');
    box.innerHTML = `<p style="background: url(${target}/style); width: 9px; list-style-image: url(${target}/list)">x</p>`;
    document.body.append(box);
    void box.getBoundingClientRect();
    return new Promise<void>((next) => requestAnimationFrame(() => requestAnimationFrame(() => next()))).then(() =>
      box.remove(),
    );
  }, url);
  expect(hits.length).toBe(before);
});

test('1, 7: no request leaves the page, whatever asks for it', async () => {
  await running.page.evaluate(async (target) => {
    const settle = (work: Promise<unknown>) =>
      work.then(
        () => undefined,
        () => undefined,
      );
    await settle(fetch(`${target}/fetch`));
    await settle(
      new Promise((done) => Object.assign(new Image(), { src: `${target}/image`, onerror: done, onload: done })),
    );
    navigator.sendBeacon(`${target}/beacon`);
    const socket = new WebSocket(target.replace('http', 'ws'));
    await new Promise((done) => Object.assign(socket, { onerror: done, onopen: done }));
  }, url);
  expect(hits).toEqual([]);
});

test('13, 14: the window stays where it is and opens nothing', async () => {
  const before = running.page.url();
  const popup = await running.page.evaluate((target) => {
    const opened = window.open(`${target}/popup`);
    location.href = `${target}/navigate`;
    document.body.append(Object.assign(document.createElement('iframe'), { src: `${target}/frame` }));
    return opened;
  }, url);
  expect(popup).toBeNull();
  const windows = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect({ url: running.page.url(), windows, hits }).toEqual({ url: before, windows: 1, hits: [] });
});

test('17: only the workbench’s own top frame may call the shell', async () => {
  const preload = await running.app.evaluate(({ app }) => `${app.getAppPath()}/out/preload/preload.cjs`);
  const refused = await running.app.evaluate(async ({ BrowserWindow }, preloadFile) => {
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload: preloadFile, sandbox: true } });
    await stranger.loadURL('data:text/html,<title>stranger</title>');
    const answer: unknown = await stranger.webContents.executeJavaScript(
      "window.traceflowShell ? window.traceflowShell.call('app.info') : 'no bridge'",
    );
    stranger.destroy();
    return answer;
  }, preload);
  expect(refused).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
});

test('17: the shell validates names and inputs', async () => {
  const call = (name: string, input: unknown) =>
    running.page.evaluate(
      ([callName, callInput]) =>
        (window as unknown as { traceflowShell: { call(name: unknown, input: unknown): unknown } }).traceflowShell.call(
          callName,
          callInput,
        ),
      [name, input] as const,
    );
  expect(await call('app.info', undefined)).toMatchObject({ ok: true });
  for (const [name, input] of [
    ['nope', {}],
    ['__proto__', {}],
    ['import.files', { paths: ['/etc/passwd'] }],
    ['dialog.export', { keys: ['../../x'] }],
    ['theme.set', { theme: 'evil' }],
  ] as const) {
    expect(await call(name, input), name).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  }
});

test('18: files come over our own schemes only, and only files of the build', async () => {
  expect(running.page.url()).toBe('app://workbench/index.html');
  const statuses = await running.page.evaluate(async () => {
    const paths = [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/.env',
      '/a/b/c.js',
      '/nothing.js',
    ];
    return Promise.all(
      paths.map((path) =>
        fetch(`app://workbench${path}`).then(
          (answer) => answer.status,
          () => 0,
        ),
      ),
    );
  });
  expect(statuses.every((status) => status === 404 || status === 0)).toBe(true);
  const file = await running.page.evaluate(() =>
    fetch('file:///etc/passwd').then(
      () => 'read',
      () => 'refused',
    ),
  );
  expect(file).toBe('refused');
});

test('15: nothing in the shell hands a URL to the system', async () => {
  const opened = await running.app.evaluate(async ({ shell }) => {
    const calls: string[] = [];
    shell.openExternal = async (target: string) => void calls.push(target);
    return calls;
  });
  await running.page.evaluate((target) => {
    const link = Object.assign(document.createElement('a'), { href: `${target}/link`, target: '_blank' });
    document.body.append(link);
    link.click();
    link.remove();
  }, url);
  expect(opened).toEqual([]);
});

/** The preferences Electron says the window really has. */
function preferencesOf({ app }: RunningApp): Promise<Electron.WebPreferences> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return (contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }).getLastWebPreferences();
  });
}
