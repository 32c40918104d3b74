import { copyFile, readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMetrics } from '../../../server/operation/metrics.ts';
import { get, gzipBatch, headOf, post } from './support/client.ts';
import { initByCommand, runServerCommand, startServer, temporaryFolder } from './support/server-process.ts';

const tls = (name: string): string => new URL(`../../fixtures/tls/${name}`, import.meta.url).pathname;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

test('a server tells how it is, and while it drains it serves on but asks for no more', async () => {
  const { dir } = folder;
  const { writeKey, readToken } = await initByCommand(dir);
  const server = await startServer(dir, [], 0, ['--metrics-port', '0', '--drain', '3600']);
  const { url } = server;
  await expect.poll(() => /Metrics +(\S+)/.exec(server.printed())?.[1] ?? '').toMatch(/127\.0\.0\.1/);
  const metricsUrl = /Metrics +(\S+)/.exec(server.printed())?.[1] ?? '';
  const metrics = async (): Promise<string> => (await fetch(metricsUrl)).text();
  const status = async (path: string): Promise<number> => (await fetch(url + path)).status;
  expect([await status('/healthz'), await status('/readyz'), await status('/v1/health')]).toEqual([200, 200, 200]);
  for (let first = 0; first < 6; first += 2) await post(url, headOf(writeKey, { first }), gzipBatch('x'));
  await post(url, headOf(writeKey, { first: 0 }), gzipBatch('x'));
  await post(url, headOf('unknown'), gzipBatch('x'));
  const text = await metrics();
  expect(text).toContain('traceflow_batches_total{outcome="stored"} 3');
  expect(text).toContain('traceflow_batches_total{outcome="duplicate"} 1');
  expect(text).toContain('traceflow_requests_total{route="/v1/batches",status="401"} 1');
  expect(text).toContain('traceflow_request_seconds_count{route="/v1/batches"} 5');
  expect(text).toMatch(/^traceflow_head_seq [34]$/m);
  expect(text).toMatch(/^traceflow_disk_free_bytes [1-9]\d+$/m);
  expect(text).not.toContain(writeKey);
  // Every line is what the format knows: a comment, or a name with labels and a number.
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? -?[\d.e+-]+)$/);
  expect((await fetch(url + new URL(metricsUrl).pathname)).status).toBe(404);

  server.child.kill('SIGTERM');
  await expect.poll(() => status('/readyz'), { timeout: 30_000 }).toBe(503);
  expect(await status('/healthz')).toBe(200);
  expect((await post(url, headOf(writeKey, { first: 100 }), gzipBatch('x'))).status).toBe(200);
  expect((await get(url, '/v1/project', readToken)).status).toBe(200);
  // A second signal ends it at once.
  expect(await server.stop('SIGTERM')).toBe('SIGTERM');
});

test('buckets of the histogram are cumulative, and what is slower than all counts as infinite', () => {
  const metrics = createMetrics();
  for (const tookMs of [1, 6, 6, 300, 20_000]) metrics.answered('/x', 200, tookMs);
  const of = (bound: string): number =>
    Number(new RegExp(`_bucket\\{route="/x",le="${bound.replace('+', '\\+')}"\\} (\\d+)`).exec(metrics.text([]))?.[1]);
  expect(['0.005', '0.01', '0.25', '0.5', '10', '+Inf'].map(of)).toEqual([1, 3, 3, 4, 4, 5]);
});

/** @returns status of a request over TLS that trusts only this certificate. */
const overTls = async (url: string, certificate: string): Promise<number | string> => {
  const ca = await readFile(tls(certificate));
  return new Promise((resolve) => {
    request(`${url}/healthz`, { ca, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      .end();
  });
};

test('with a certificate it speaks https, and takes a renewed one without a restart', async () => {
  const { dir } = folder;
  await initByCommand(dir);
  const [cert, key] = [`${dir}/tls.crt`, `${dir}/tls.key`];
  const use = async (name: string): Promise<void> => {
    await copyFile(tls(`${name}.crt`), cert);
    await copyFile(tls(`${name}.key`), key);
  };
  await use('one');
  const server = await startServer(dir, [], 0, ['--tls-cert', cert, '--tls-key', key]);
  expect(server.url).toMatch(/^https:/);
  expect([await overTls(server.url, 'one.crt'), await overTls(server.url, 'two.crt')]).toEqual([
    200,
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ]);
  await use('two');
  server.child.kill('SIGHUP');
  await expect.poll(() => overTls(server.url, 'two.crt'), { timeout: 30_000 }).toBe(200);
  await copyFile(tls('one.key'), key); // does not fit
  server.child.kill('SIGHUP');
  await expect.poll(() => server.log(), { timeout: 30_000 }).toContain('stays in use');
  expect(await overTls(server.url, 'two.crt')).toBe(200);
  await expect(fetch(server.url.replace('https', 'http'))).rejects.toThrow();
  expect(await server.stop('SIGTERM')).toBe(0);
  expect((await runServerCommand('--dir', dir, '--tls-cert', cert)).code).toBe(1);
});
