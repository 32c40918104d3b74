import { readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright';
import { launchChromium } from '../chromium.ts';
import type { FakeEngineOptions } from './fake-engine-port.ts';
import { FAKE_FRAME_HTML, FAKE_FRAME_SCRIPT } from './fake-frame.ts';
import { buildInPage, buildWorkbench } from './workbench-build.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const listen = (handler: RequestListener): Promise<{ server: Server; origin: string }> =>
  new Promise((done) => {
    const server = createServer(handler);
    server.listen(0, '127.0.0.1', () => {
      done({ server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    });
  });

/** The built window in a real browser, with a fake engine and replay frame behind its ports. */
export interface WorkbenchHarness {
  open(options?: Partial<FakeEngineOptions> & { readonly context?: BrowserContextOptions }): Promise<Page>;
  close(): Promise<void>;
}

/** The window's policy, with the frame's origin of this run. The app's own is in `main/shell/workbench-policy.ts`. */
const cspFor = (frameOrigin: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src ${frameOrigin}; base-uri 'none'; form-action 'none'`;

/** Builds, serves and starts a browser; one for a test file. */
export async function startWorkbenchHarness(): Promise<WorkbenchHarness> {
  const frame = await listen((request, response) => {
    const script = request.url === '/frame.js';
    response.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' });
    response.end(script ? FAKE_FRAME_SCRIPT : FAKE_FRAME_HTML);
  });
  const [folder, inPage] = await Promise.all([buildWorkbench(frame.origin), buildInPage()]);
  const app = await listen((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (bytes) => {
        const type = TYPES[extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, 'content-security-policy': cspFor(frame.origin) });
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  const browser = await launchChromium(['--enable-blink-features=MessagePortCloseEvent']); // Electron has it switched on
  return {
    open: async ({ context, ...options } = {}) => {
      const engine: FakeEngineOptions = {
        sessions: 12,
        servers: [],
        live: [],
        jobs: [],
        model: null,
        failing: {},
        ...options,
      };
      const page = await (
        await browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce', ...context })
      ).newPage();
      await page.addInitScript(`window.fakeOptions = ${JSON.stringify(engine)};\n${inPage}`);
      await page.goto(app.origin);
      return page;
    },
    close: async () => {
      await browser.close();
      frame.server.close();
      app.server.close();
      await rm(folder, { recursive: true });
    },
  };
}
