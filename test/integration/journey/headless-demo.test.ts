import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const DEMO = resolve(import.meta.dirname, '../../../tools/demo/main.ts');

/** Runs the demo as `npm start -- --headless-demo` does. */
const demo = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const child = execFile(process.execPath, [DEMO, ...args], (_error, out, err) => {
      done({ code: child.exitCode ?? -1, out, err });
    });
  });

test('one line a session on standard output, exit code 0 when all is as it should be', async () => {
  const { code, out, err } = await demo('--only', 'overlay');
  expect(err).toContain('1 of 1 sessions');
  expect(out).toMatch(/^overlay 1 +confirmed {2}click "Pay" -> [^\n]*\n$/);
  expect(code).toBe(0);
});

test('what it does not understand it says, with exit code 2', async () => {
  const { code, out, err } = await demo('--only', 'nothing');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('Usage: npm start -- --headless-demo');
});
