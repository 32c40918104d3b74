import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { notice } from '../../support/notice.ts';
import { buildLab } from '../../support/replay-lab/build-lab.ts';

const RECORDINGS = process.env.TRACEFLOW_RECORDINGS ? join(process.env.TRACEFLOW_RECORDINGS, 'rrweb') : '';
const files =
  RECORDINGS && existsSync(RECORDINGS) ? readdirSync(RECORDINGS).filter((file) => file.endsWith('.json')) : [];

/** Recordings that stock rrweb shows otherwise, and why that is so. Everything else must be equal. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'sentry-analyzer-simple.json': 'stock copies the :hover rules of a style element with text nodes twice, we once',
  'snap-record-record-iframes-captures-stylesheet-mutations-in-iframes.json':
    'stock loads the srcdoc of a frame until its recorded page comes; we never load one',
};

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
/** As the frame's own policy, for the address of this test. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  'media-src data: blob:',
].join('; ');

let folder = '';
let server: http.Server;
let browser: Browser;

beforeAll(async () => {
  if (files.length === 0) return;
  folder = await buildLab();
  server = http.createServer((request, response) => {
    const name = request.url === '/' ? '/lab.html' : (request.url ?? '');
    if (!/^\/lab\.(?:html|js|css)$/.test(name)) return void response.writeHead(404).end();
    response.setHeader('content-type', TYPES[extname(name)] ?? 'text/plain');
    response.setHeader('content-security-policy', CSP);
    response.end(readFileSync(join(folder, name)));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function openLab(): Promise<{ page: Page; requests: string[] }> {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const requests: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${base}/`) && !/^(?:data|blob):/.test(request.url())) requests.push(request.url());
  });
  await page.goto(base);
  await page.waitForFunction(() => 'lab' in window);
  return { page, requests };
}

describe('foreign recordings', () => {
  test('replay as in stock rrweb at three moments, or say why not', async () => {
    if (files.length === 0)
      return notice('no foreign recordings (TRACEFLOW_RECORDINGS): their replay was not compared');
    const { page } = await openLab();
    const differing: string[] = [];
    let lines = 0;
    for (const file of files) {
      const text = readFileSync(join(RECORDINGS, file), 'utf8');
      const found = await page.evaluate((recording) => window.lab.compare(JSON.parse(recording)), text);
      lines += found.lines;
      if (found.different.length > 0) differing.push(file);
      if (found.different.length > 0 && !DIFFERENT[file]) console.log(`${file} ${found.different.join('\n  ')}`);
    }
    console.log(
      `${files.length - differing.length} of ${files.length} recordings equal to stock, ${lines} lines compared`,
    );
    for (const file of differing)
      console.log(`${file} replays otherwise than in stock rrweb: ${DIFFERENT[file] ?? 'unknown'}`);
    expect(differing.filter((file) => !DIFFERENT[file])).toEqual([]);
  });

  test('reach for nothing when we replay them', async () => {
    if (files.length === 0)
      return notice('no foreign recordings: it was not seen that their replay reaches for nothing');
    const { page, requests } = await openLab();
    const violations = await page.evaluate(
      async (texts) => {
        const refused: string[] = [];
        document.addEventListener('securitypolicyviolation', ({ blockedURI }) => refused.push(blockedURI));
        const recordings = Object.fromEntries(texts.map(([file, text]) => [file, JSON.parse(text)]));
        const thrown = await window.lab.attack(recordings, true);
        return [...refused, ...thrown];
      },
      files.map((file) => [file, readFileSync(join(RECORDINGS, file), 'utf8')] as const),
    );
    expect(violations).toEqual([]);
    expect(requests).toEqual([]);
  });
});
