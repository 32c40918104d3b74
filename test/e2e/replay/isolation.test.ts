import { afterAll, beforeAll, expect, test } from 'vitest';
import { ToWorkbench } from '../../../shared/ipc/frame-messages.ts';
import { openReplayApp, type ReplayApp } from '../../support/replay-app.ts';
import { fullSnapshot, incremental, meta, mutation, nodeFactory } from '../../support/replay-page.ts';

const { element, text, page: recorded } = nodeFactory();

/** A page that imitates a dialog of ours and tries to get the keyboard. */
const imitation = [
  meta(1000),
  fullSnapshot(
    1010,
    recorded(
      [],
      [
        element('dialog', { open: '', autofocus: '', rr_open_mode: 'modal' }, [
          text('Session expired. Enter your key:'),
          element('input', { id: 'key', autofocus: '', style: 'position:fixed;inset:0;width:100vw;height:100vh' }),
        ]),
      ],
    ),
  ),
  incremental(1500, { source: 2, type: 5, id: 8 }),
  mutation(1900, { texts: [{ id: 7, value: 'Enter it now:' }] }),
  incremental(3000, { source: 1, positions: [{ x: 5, y: 5, id: 5, timeOffset: 0 }] }),
];

let replay: ReplayApp;
beforeAll(async () => {
  replay = await openReplayApp(imitation);
  await replay.open();
});
afterAll(() => replay?.close());

test('the replay document has nothing of the app and reaches nothing', async () => {
  const frame = await replay.frame();
  const found = await frame.evaluate(async () => {
    const refused = async (attempt: () => unknown): Promise<boolean> => {
      try {
        await attempt();
        return false;
      } catch {
        return true;
      }
    };
    return {
      origin: location.origin,
      globals: ['require', 'process', 'module', 'Buffer', 'electron', 'traceflowShell'].filter(
        (name) => name in window,
      ),
      parentDocument: await refused(() => parent.document),
      topLocation: await refused(() => top?.location.href),
      popup: window.open('https://example.com') === null,
      fetchApp: await refused(() => fetch('app://workbench/index.html')),
      fetchOwn: await refused(() => fetch('/index.html')),
      fetchHttp: await refused(() => fetch('http://127.0.0.1:9/')),
      // In a timer of its own, because what a debugger evaluates may itself evaluate.
      evaluated: await new Promise((done) => {
        setTimeout('window.evaluated = true', 0);
        setTimeout(() => done('evaluated' in window), 20);
      }),
      geolocation: await new Promise((done) =>
        navigator.geolocation.getCurrentPosition(
          () => done('given'),
          () => done('refused'),
        ),
      ),
    };
  });
  expect(found).toEqual({
    origin: 'replay://frame',
    globals: [],
    parentDocument: true,
    topLocation: true,
    popup: true,
    fetchApp: true,
    fetchOwn: true,
    fetchHttp: true,
    evaluated: false,
    geolocation: 'refused',
  });
});

test('the replay runs in a process of its own', async () => {
  const pids = await replay.app.evaluate(({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows()[0]?.webContents.mainFrame;
    return main?.framesInSubtree.map(({ url, osProcessId }) => [url.split('/')[0], osProcessId] as const) ?? [];
  });
  const processes = new Map(pids);
  expect(processes.get('app:')).toBeDefined();
  expect(processes.get('replay:')).toBeDefined();
  expect(processes.get('replay:')).not.toBe(processes.get('app:'));
});

test('a recorded page that imitates a dialog gets neither keyboard nor pointer', async () => {
  const { page } = replay;
  const frame = await replay.frame();
  await frame.evaluate(() => {
    const inner = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const name of ['pointerdown', 'keydown', 'focusin', 'input']) {
      inner?.addEventListener(name, () => heard.push(name), { capture: true });
      addEventListener(name, () => heard.push(`frame ${name}`), { capture: true });
    }
    inner?.querySelector<HTMLElement>('#key')?.focus();
  });
  const box = await page.locator('iframe[title="Recorded page"]').boundingBox();
  if (box) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.type('secret');
  expect(await frame.evaluate(() => Reflect.get(window, 'heard'))).toEqual([]);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('IFRAME');
});

test('the frame takes no second handshake and sends only what the protocol knows', async () => {
  const { page } = replay;
  const answered = await page.evaluate(async () => {
    const frame = document.querySelector<HTMLIFrameElement>('iframe[title="Recorded page"]');
    const [data, control] = [new MessageChannel(), new MessageChannel()];
    let answers = 0;
    for (const { port1 } of [data, control]) {
      port1.addEventListener('message', () => answers++);
      port1.start();
    }
    frame?.contentWindow?.postMessage('traceflow:replay', 'replay://frame', [data.port2, control.port2]);
    control.port1.postMessage({ type: 'seek', atMs: 500 });
    for (let turn = 0; turn < 30; turn++) await new Promise((next) => requestAnimationFrame(next));
    return answers;
  });
  expect(answered).toBe(0);
  for (const message of await replay.messages()) expect(ToWorkbench.safeParse(message).success).toBe(true);
});
