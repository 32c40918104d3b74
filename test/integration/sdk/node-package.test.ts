import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { buildNodeSdk } from '../../../tools/build/node-sdk.ts';
import { CHECKOUT } from '../../../tools/setup/checkout.ts';

const run = promisify(execFile);
mkdirSync(join(CHECKOUT, 'out'), { recursive: true });
// Below the checkout, so that the program finds the packages it is written against.
const program = mkdtempSync(join(CHECKOUT, 'out', 'node-package-'));
afterAll(() => rmSync(program, { recursive: true, force: true }));

const SOURCE = `
import { createServer } from 'node:http';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { type Backend, init, type Options } from '@traceflow/node';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import pino from 'pino';

const options: Options = { server: 'https://traceflow.example.com', key: 'tfw_x', service: 'shop', disabled: true };
const backend: Backend = init(options);
createServer(backend.http((_request, response) => void response.end('fine')));
express().use(backend.express()).use(backend.expressErrors());
await fastify().register(backend.fastify());
new Hono().use(backend.hono());
pino({}, pino.multistream([{ stream: backend.pinoStream() }])).info('nobody hears it');
await new BatchSpanProcessor(backend.spanExporter()).shutdown();
// @ts-expect-error: a key alone is not enough
init({ key: 'tfw_x' });
await backend.close();
console.log(JSON.stringify(backend.stats()));
`;

test('the built package is typed for the programs it is made for, and runs without anything beside it', async () => {
  const place = join(program, 'node_modules', '@traceflow', 'node');
  mkdirSync(join(place, 'dist'), { recursive: true });
  cpSync(join(CHECKOUT, 'sdk', 'node', 'package.json'), join(place, 'package.json'));
  await buildNodeSdk(join(place, 'dist'));
  writeFileSync(join(program, 'package.json'), '{"type":"module"}');
  writeFileSync(join(program, 'program.ts'), SOURCE);
  const tsc = join(CHECKOUT, 'node_modules', 'typescript', 'bin', 'tsc');
  const how = [
    '--ignoreConfig',
    '--strict',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
  ];
  const checked = await run(process.execPath, [tsc, ...how, '--skipLibCheck', 'program.ts'], { cwd: program }).catch(
    ({ stdout }: { readonly stdout: string }) => ({ stdout }),
  );
  expect(checked.stdout).toBe('');
  const { stdout } = await run(process.execPath, ['program.ts'], { cwd: program });
  expect(stdout).toBe('{"waiting":0,"acknowledged":0,"dropped":0}\n');
});
