import { gzipSync } from 'node:zlib';
import { CAPTURED } from '../../shared/model/captured.ts';
import { PATHS } from '../../shared/wire/change.ts';

/** A page that is open now and sends what happens in it, batch by batch, as the SDK does. */
export interface LivePage {
  readonly session: string;
  /** Shows a text in its heading. Resolves when the server has it on its disk. */
  say(text: string): Promise<void>;
  /** An error of the page. */
  fail(message: string): Promise<void>;
}

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const TEXT_NODE = 6;

/** Opens the page of a person and sends its first batch. */
export async function openLivePage(
  url: string,
  writeKey: string,
  { session, user }: { readonly session: string; readonly user: string },
): Promise<LivePage> {
  let seq = 0;
  const send = async (...events: { readonly type: number; readonly data: unknown }[]): Promise<void> => {
    const now = Date.now();
    const timed = events.map((event) => ({ ...event, timestamp: now }));
    const head = new URLSearchParams({
      ...{ v: '1', key: writeKey, session, window: `w-${session}`, generation: `g-${session}` },
      ...{ first: String(seq), count: String(timed.length), from: String(now), to: String(now), sent: String(now) },
    });
    const body = new Uint8Array(gzipSync(JSON.stringify(timed)));
    const response = await fetch(`${url}${PATHS.batches}?${head}`, { method: 'POST', body });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    seq += timed.length;
  };
  const plugin = (name: string, payload: unknown) => ({ type: 6, data: { plugin: name, payload } });
  const address = 'https://shop.example/checkout/4711';
  await send(
    { type: 4, data: { href: address, width: 800, height: 600 } },
    plugin(CAPTURED.session, { sdk: 'test', url: address, userAgent: CHROME, user: { id: user } }),
    { type: 2, data: { node: pageWith('Welcome'), initialOffset: { top: 0, left: 0 } } },
  );
  return {
    session,
    say: (value) =>
      send({
        type: 3,
        data: { source: 0, texts: [{ id: TEXT_NODE, value }], attributes: [], removes: [], adds: [] },
      }),
    fail: (message) => send(plugin(CAPTURED.error, { kind: 'error', message, stack: '' })),
  };
}

const pageWith = (text: string) => ({
  type: 0,
  id: 1,
  childNodes: [
    element(2, 'html', [
      element(3, 'head', []),
      element(4, 'body', [element(5, 'h1', [{ type: 3, id: TEXT_NODE, textContent: text }])]),
    ]),
  ],
});

const element = (id: number, tagName: string, childNodes: object[]) => ({
  type: 2,
  tagName,
  attributes: {},
  id,
  childNodes,
});
