import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Change, ChangePage, type ChunkChange } from '../../../../shared/wire/change.ts';

/** Query of a batch; everything that matters to a test can be set. */
export const headOf = (key: string, over: Record<string, string | number> = {}): string =>
  new URLSearchParams(
    Object.entries({
      v: 1,
      key,
      session: 's1',
      window: 'w1',
      generation: 'g1',
      first: 0,
      count: 2,
      from: 1_700_000_000_000,
      to: 1_700_000_000_900,
      sent: 1_700_000_001_000,
      ...over,
    }).map(([name, value]) => [name, String(value)]),
  ).toString();

/** Sends a batch as the SDK does. */
export const post = (url: string, head: string, body: BodyInit): Promise<Response> =>
  fetch(`${url}/v1/batches?${head}`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });

/** Brings an asset under its hash, as a page does. */
export const put = (
  url: string,
  key: string,
  session: string,
  bytes: Buffer<ArrayBuffer>,
  type = 'text/css',
  hash = sha256(bytes),
): Promise<Response> =>
  fetch(`${url}/v1/assets/${hash}?${new URLSearchParams({ v: '1', key, session })}`, {
    method: 'PUT',
    body: bytes,
    headers: { 'content-type': type },
  });

/** Reads with a token. */
export const get = (
  url: string,
  path: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<Response> => fetch(url + path, { headers: { authorization: `Bearer ${token}`, ...headers } });

/** The whole change feed, page by page. */
export async function readChanges(url: string, token: string, limit = 100): Promise<Change[]> {
  const all: Change[] = [];
  for (let after = 0; ; ) {
    const response = await get(url, `/v1/changes?after=${after}&limit=${limit}`, token);
    const page = ChangePage.parse(await response.json());
    if (page.changes.length === 0) return all;
    all.push(...page.changes);
    after = page.next;
  }
}

/** The chunks of the change feed. */
export const readFeed = async (url: string, token: string, limit?: number): Promise<ChunkChange[]> =>
  (await readChanges(url, token, limit)).filter((change) => change.kind === 'chunk');

/** A chunk's bytes. */
export async function readChunk(url: string, token: string, seq: number): Promise<Buffer> {
  const response = await get(url, `/v1/chunks/${seq}`, token);
  if (response.status !== 200) throw new Error(`Chunk ${seq}: ${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

/** A gzip that is different for every text. */
export const gzipBatch = (text: string): Buffer<ArrayBuffer> => {
  const zipped = gzipSync(JSON.stringify([{ type: 5, data: { text }, timestamp: 1 }]));
  return Buffer.from(new Uint8Array(zipped));
};

/** SHA-256 in hex. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
