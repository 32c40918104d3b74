import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { init } from '../../../sdk/node/src/index.ts';
import { payloadsOf, startRecorded } from './support/backend-sink.ts';

const PATIENT = { timeout: 30_000 };
const scratch = mkdtempSync(join(tmpdir(), 'traceflow-node-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the end of a process', () => {
  const PROGRAM = fileURLToPath(new URL('support/dying-program.ts', import.meta.url));
  interface Ended {
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly out: string;
    readonly err: string;
  }
  /** @param at told what the program wrote so far. */
  const run = (server: string, spool: string, end: string, at: (out: string, pid: number) => void = () => undefined) =>
    new Promise<Ended>((done) => {
      const program = spawn(process.execPath, [PROGRAM, server, spool, end]);
      let [out, err] = ['', ''];
      program.stdout.on('data', (part) => {
        out += part;
        at(out, program.pid ?? 0);
      });
      program.stderr.on('data', (part) => {
        err += part;
      });
      program.on('close', (code, signal) => done({ code, signal, out, err }));
    });

  test.each(['throw', 'reject', 'survive'])(
    '%s: is what it would be without, and what was recorded is told',
    async (end) => {
      const recorded = await startRecorded({ console: false });
      const spool = join(scratch, end);
      const [bare, ended] = await Promise.all([run('', '', end), run(recorded.sink.url, spool, end)]);
      expect(ended.code).toBe(bare.code);
      expect(ended.signal).toBe(bare.signal);
      expect(ended.out).toBe(bare.out);
      const first = (text: string): string | undefined => text.split('\n').find((line) => line.startsWith('Error:'));
      expect(first(ended.err)).toBe(first(bare.err));
      // What could not be sent any more lies in the spool, and the next process with it sends it.
      const next = init({
        server: recorded.sink.url,
        key: 'tfw_test',
        service: 'next',
        spool,
        signals: false,
        console: false,
      });
      await expect
        .poll(async () => {
          await next.flush();
          return payloadsOf(recorded.sink.events(), 'error').map(({ kind, message, request }) => [
            kind,
            message,
            request,
          ]);
        }, PATIENT)
        .toEqual([end === 'throw' ? ['uncaught', 'the last straw', 'b1'] : ['rejection', 'nobody looked', 'b1']]);
      const [request] = payloadsOf(recorded.sink.events(), 'request');
      expect(request?.end).toBe(end === 'throw' ? 'open' : 'answered');
      await next.close();
      expect(readdirSync(spool)).toEqual([]);
      await recorded.close();
    },
  );

  test('by a signal comes when the rest is sent, and as a signal', async () => {
    const recorded = await startRecorded({ console: false });
    const kill = (out: string, pid: number): void => {
      if (out.includes('waiting')) process.kill(pid, 'SIGTERM');
    };
    const ended = await run(recorded.sink.url, '', 'wait', kill);
    expect([ended.code, ended.signal]).toEqual([null, 'SIGTERM']);
    expect(payloadsOf(recorded.sink.events(), 'log').map(({ message }) => message)).toEqual(['waiting']);
    await recorded.close();
  });

  test('that has nothing more to do comes when the rest is sent, and soon where nobody takes it', async () => {
    const recorded = await startRecorded({ console: false });
    const ended = await run(recorded.sink.url, '', 'work');
    expect([ended.code, ended.out]).toEqual([0, 'worked\n']);
    expect(payloadsOf(recorded.sink.events(), 'request')).toHaveLength(1);
    await recorded.close();
    expect((await run(recorded.sink.url, '', 'work')).code).toBe(0);
  });
});
