import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RequestToCopy, toCurl, toFetch } from '../../../renderer/features/session/panes/network/copy-request.ts';

/** What a shell, a header or a string of a script could take for something else. */
const NASTY = [
  "it's",
  '"; rm -rf ~ #',
  '$(touch /tmp/never)',
  '`id`',
  '$HOME',
  '%0a!history',
  'a\\b\\\\',
  '&& || ; | > <',
  '*?[a-z]{1,2}',
  '~/.ssh',
  '@/etc/passwd',
  '</script><script>',
  '\u2028\u2029',
  'ünïcödé 🦀',
  '\t tab',
  "''''",
  '-X DELETE',
  '',
] as const;

const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 40 }));
const withoutNul = (value: string): string => value.replaceAll('\0', '');
const request: fc.Arbitrary<RequestToCopy> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'put', 'DELETE', 'PATCH'),
  url: fc.oneof(
    text,
    text.map((path) => `http://127.0.0.1/${path}`),
  ),
  headers: fc.array(fc.tuple(fc.constantFrom('accept', 'x-trace', 'X-Odd-Name', 'bad name', 'content-length'), text)),
  body: fc.option(fc.oneof(text, fc.constant('line one\r\nline two\n\nlast'))),
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'traceflow-curl-'));
  // Stands where curl would be found and says what it was called with.
  writeFileSync(
    join(folder, 'curl'),
    `#!${process.execPath}\nprocess.stdout.write(JSON.stringify(process.argv.slice(2)));\n`,
  );
  chmodSync(join(folder, 'curl'), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a shell makes of a line. */
const argumentsOf = (line: string): string[] =>
  JSON.parse(
    execFileSync('/bin/sh', ['-c', line], { env: { PATH: folder, HOME: '/nowhere' }, encoding: 'utf8' }),
  ) as string[];

describe('copied as cURL', () => {
  it('is one command for a shell, whatever was recorded, and calls curl with exactly that', () => {
    fc.assert(
      fc.property(request, (some) => {
        const called = argumentsOf(toCurl(some));

        const valuesOf = (option: string): string[] =>
          called.flatMap((word, at) => (called[at - 1] === option ? [word] : []));
        expect(valuesOf('--url')).toEqual([withoutNul(some.url)]);
        expect(valuesOf('--proto')).toEqual(['=http,https']);
        const body = some.body === null ? '' : some.body;
        expect(valuesOf('--data-raw')).toEqual(body === '' ? [] : [withoutNul(body)]);
        const sent = valuesOf('--request')[0] ?? (body === '' ? 'GET' : 'POST');
        expect(sent).toBe(some.method.toUpperCase());
        const expected = some.headers
          .filter(([name]) => name !== 'bad name' && name !== 'content-length')
          .map(([name, value]) => {
            const line = value.replace(/[\r\n\0]+/g, ' ');
            return line === '' ? `${name};` : `${name}: ${line}`;
          });
        expect(valuesOf('--header')).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('copied as fetch', () => {
  let server: Server;
  let origin: string;
  const got: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  beforeAll(async () => {
    server = createServer((incoming, answer) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        got.push({ method, url, headers, body: Buffer.concat(parts).toString() });
        answer.end('{}');
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const run = async (code: string): Promise<void> => {
    // biome-ignore lint/complexity/useArrowFunction: only a function has the constructor that is wanted
    const AsyncFunction = async function () {}.constructor as FunctionConstructor;
    await (new AsyncFunction(`return ${code.replace(/;$/, '')}`)() as unknown as Promise<unknown>);
  };

  it.each(NASTY)('sends %j as body and header value', async (value) => {
    const latin = /^[\t\x20-\x7e]*$/.test(value) ? value : 'plain'; // Node itself refuses other header values
    await run(
      toFetch({
        method: 'post',
        url: `${origin}/orders?q=${encodeURIComponent(value)}`,
        headers: [
          ['x-said', latin],
          ['content-length', '99999'],
        ],
        body: value,
      }),
    );
    const last = got.at(-1);
    expect(last?.method).toBe('POST');
    expect(decodeURIComponent(last?.url ?? '')).toBe(`/orders?q=${value}`);
    expect(last?.headers['x-said']).toBe(latin.trim());
    expect(last?.body).toBe(value);
  });

  it('never breaks out of the script it is pasted into', () => {
    fc.assert(
      fc.property(request, (some) => {
        const code = toFetch(some);
        expect(code).not.toContain('</');
        expect(code).not.toMatch(/[\u2028\u2029]/);
        expect(() => new Function(`return async () => { ${code} }`)).not.toThrow();
      }),
    );
  });
});
