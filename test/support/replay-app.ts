import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright';
import type { ToFrame } from '../../shared/ipc/frame-messages.ts';
import { launchApp, type RunningApp } from './app.ts';
import type { TestEvent } from './replay-page.ts';

/** The app with one recording imported from a file, and what passed between window and frame. */
export interface ReplayApp extends RunningApp {
  /** The replay document. */
  frame(): Promise<Frame>;
  /** Opens the session and waits until it is on the screen, or cannot be. */
  open(): Promise<void>;
  /** Seeks over the window's own control port and waits until the frame is there. */
  seek(atMs: number): Promise<void>;
  /** Sends a message over the window's own control port. */
  tell(message: ToFrame): Promise<void>;
  /** What came over the control port. */
  messages(): Promise<unknown[]>;
  /** What came to the window itself from anywhere but the window: nothing should. */
  windowMessages(): Promise<string[]>;
  /** Addresses that a frame of the window went to, other than our own. */
  navigations(): Promise<string[]>;
}

/** Starts the app on a recording in a file, as if it had been double-clicked. */
export async function openReplayApp(events: readonly TestEvent[]): Promise<ReplayApp> {
  const folder = mkdtempSync(join(tmpdir(), 'traceflow-replay-'));
  const file = join(folder, 'recording.json');
  writeFileSync(file, JSON.stringify(events));
  const running = await launchApp({ args: [file] });
  const { app, page } = running;
  await page.evaluate(() => {
    const seen = { channels: [] as { port: MessagePort; messages: unknown[] }[], window: [] as string[] };
    Object.assign(window, { seen });
    const Native = MessageChannel;
    window.MessageChannel = class extends Native {
      constructor() {
        super();
        const messages: unknown[] = [];
        seen.channels.push({ port: this.port1, messages });
        this.port1.addEventListener('message', ({ data }) => messages.push(data));
      }
    };
    addEventListener('message', ({ source, origin }) => {
      if (source !== window) seen.window.push(origin);
    });
  });
  await app.evaluate(({ BrowserWindow }) => {
    const went: string[] = [];
    Object.assign(globalThis, { went });
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      webContents.on('did-frame-navigate', (_event, url) => {
        if (!/^(?:app:\/\/workbench|replay:\/\/frame|about:)/.test(url)) went.push(url);
      });
    }
  });
  // React talks to itself over a channel; the frame's is the one on which an object came.
  await page.evaluate(() => {
    const { channels } = Reflect.get(window, 'seen') as { channels: { port: MessagePort; messages: unknown[] }[] };
    const frameChannel = () => channels.find(({ messages }) => messages.some((message) => message !== null));
    Object.assign(window, { frameChannel });
  });
  const messages = (): Promise<unknown[]> => page.evaluate(() => Reflect.get(window, 'frameChannel')()?.messages ?? []);
  return {
    ...running,
    frame: async () => {
      const frame = await (await page.waitForSelector('iframe[title="Recorded page"]')).contentFrame();
      if (!frame) throw new Error('there is no replay frame');
      return frame;
    },
    open: async () => {
      await page.getByRole('row').nth(1).dblclick();
      await page.waitForSelector('iframe[title="Recorded page"]');
      const deadline = Date.now() + 60_000;
      while (!(await messages()).some((message) => /"(?:time|failed)"/.test(JSON.stringify(message)))) {
        if (Date.now() > deadline) throw new Error('the frame neither showed the recording nor said why not');
        await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
      }
    },
    messages,
    tell: (message) => page.evaluate((what) => Reflect.get(window, 'frameChannel')().port.postMessage(what), message),
    seek: (atMs) =>
      page.evaluate(async (wanted) => {
        const { port, messages: heard } = Reflect.get(window, 'frameChannel')();
        const before = heard.length;
        port.postMessage({ type: 'seek', atMs: wanted });
        const there = (message: { type?: string; atMs?: number }) => message.type === 'time' && message.atMs === wanted;
        while (!heard.slice(before).some(there)) await new Promise((next) => requestAnimationFrame(next));
      }, atMs),
    windowMessages: () => page.evaluate(() => Reflect.get(Reflect.get(window, 'seen'), 'window')),
    navigations: () => app.evaluate(() => Reflect.get(globalThis, 'went')),
    close: async () => {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
