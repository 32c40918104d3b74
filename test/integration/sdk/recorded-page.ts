import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright';
import type { Recorder } from '../../../sdk/web/src/options.ts';
import { CAPTURED } from '../../../shared/model/captured.ts';
import { CAPTURED_SCHEMAS, type CapturedName, type CapturedPayloads } from '../../../shared/model/captured-schemas.ts';
import type { RecordedEvent } from '../../../shared/model/recorded-event.ts';
import { bundleWebSdk } from '../../../tools/build/web-sdk.ts';
import { launchChromium } from '../../support/chromium.ts';
import { type Sink, startSink } from './sink.ts';

/** The captured payloads of one kind, each checked against its schema. */
export function captured<K extends CapturedName>(events: readonly RecordedEvent[], kind: K): CapturedPayloads[K][] {
  return events
    .filter((event) => event.type === 6 && (event.data as { plugin: string }).plugin === CAPTURED[kind])
    .map((event) => CAPTURED_SCHEMAS[kind].strict().parse((event.data as { payload: unknown }).payload)) as never;
}

/** A browser with a site that can be recorded. */
export interface Site {
  readonly browser: Browser;
  readonly sink: Sink;
  /** What the SDK warned about on the consoles of the pages. */
  readonly troubles: string[];
  /** Opens a page with this body; the SDK starts in its head (under the nonce `n`) unless `start` says otherwise. */
  open(
    body: string,
    options?: { start?: string; context?: BrowserContext; head?: string; host?: string },
  ): Promise<Page>;
  /** Sends all that is recorded and returns the events of the newest generation. */
  recorded(page: Page): Promise<RecordedEvent[]>;
  close(): Promise<void>;
}

declare global {
  interface Window {
    recorder: Recorder;
  }
}

type Api = (path: string, response: ServerResponse, request: IncomingMessage) => boolean;

/** @param api answers what the pages ask for. */
export async function openSite(api: Api = () => false): Promise<Site> {
  const { first, later } = await bundleWebSdk();
  const pages = new Map<string, string>();
  const sink = await startSink((path, response, request) => {
    if (path === '/sdk.js') response.setHeader('content-type', 'text/javascript').end(first.text);
    else if (path === `/${later.name}`) response.setHeader('content-type', 'text/javascript').end(later.text);
    else if (pages.has(path)) response.setHeader('content-type', 'text/html; charset=utf-8').end(pages.get(path));
    else return api(path, response, request);
    return true;
  });
  const browser = await launchChromium();
  const troubles: string[] = [];
  return {
    browser,
    troubles,
    sink,
    async open(
      body,
      { start = "init({ server: location.origin, key: 'k' })", context, head = '', host = '127.0.0.1' } = {},
    ) {
      const path = `/page-${pages.size}`;
      pages.set(
        path,
        `<!doctype html><html><head>${head}<script type="module" nonce="n">import { init } from '/sdk.js';
         window.init = init; window.recorder = ${start};</script></head><body>${body}</body></html>`,
      );
      const page = await (context ?? (await browser.newContext())).newPage();
      page.on('console', (message) => {
        if (message.text().startsWith('[traceflow]')) troubles.push(message.text());
      });
      await page.goto(`${sink.url.replace('127.0.0.1', host)}${path}`);
      await page.waitForFunction(() => window.recorder !== undefined);
      return page;
    },
    async recorded(page) {
      const session = await page.evaluate(async () => {
        await window.recorder.flush();
        return window.recorder.sessionId;
      });
      return sink.events(sink.heads.findLast((head) => head.session === session)?.generation);
    },
    async close() {
      await browser.close();
      await sink.close();
    },
  };
}
