import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestFailure, unreachable } from '../../../main/engine/server-client/request-failure.ts';
import { backoffMs, PATIENCE, withRetry } from '../../../main/engine/server-client/retry.ts';
import { serverUrl } from '../../../main/engine/server-client/server-url.ts';
import { downloadAll } from '../../../main/engine/sync/download-pool.ts';
import { AppError } from '../../../shared/lib/app-error.ts';

describe('serverUrl', () => {
  it.each([
    ['https://t.example/', 'https://t.example'],
    [' t.example:8443/sub/ ', 'https://t.example:8443/sub'],
    ['localhost:4800', 'http://localhost:4800'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
    ['https://t.example/?a=1#b', 'https://t.example'],
  ])('makes %j whole', (written, url) => expect(serverUrl(written)).toBe(url));

  it.each(['', '   ', 'ftp://x', 'file:///etc/passwd', 'javascript:alert(1)', 'https://a:b@c', 'http://'])(
    'refuses %j',
    (written) => {
      expect(() => serverUrl(written)).toThrow(AppError);
    },
  );
});

describe('a failed connection', () => {
  const fetchError = (code: string) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

  it.each([
    ['CERT_HAS_EXPIRED', 'has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another host'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'secure connection failed'],
  ])('for %s is not to be trusted and not retried', (code, why) => {
    const failure = unreachable('https://t.example', fetchError(code));
    expect(failure.message).toContain(why);
    expect(failure.retryable).toBe(false);
  });

  it('finds the reason however deep it lies', () => {
    const nested = new TypeError('fetch failed', {
      cause: new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]),
    });
    expect(unreachable('http://x', nested).message).toBe(
      'http://x cannot be reached: nothing listens at this address. Is the server running, and the port right?',
    );
    expect(unreachable('http://x', fetchError('ENOTFOUND')).retryable).toBe(true);
  });
});

describe('retrying', () => {
  it('waits no longer than the ceiling and no shorter than the server asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.option(fc.nat(200_000)),
        (attempt, random, asked) => {
          const ms = backoffMs(PATIENCE, attempt, random, asked);
          expect(ms).toBeGreaterThanOrEqual(asked ?? 0);
          expect(ms).toBeLessThanOrEqual(Math.max(PATIENCE.maxMs, asked ?? 0));
        },
      ),
    );
  });

  it('gives up after its attempts, at once on what cannot get better, and when cancelled', async () => {
    const policy = { attempts: 3, baseMs: 0, maxMs: 0 };
    let calls = 0;
    const failing = (retryable: boolean) => async () => {
      calls++;
      throw new RequestFailure(new AppError('offline', 'down'), { retryable });
    };
    const { signal } = new AbortController();
    await expect(withRetry(failing(true), signal, policy)).rejects.toThrow(AppError);
    expect(calls).toBe(3);
    await expect(withRetry(failing(false), signal, policy)).rejects.toThrow('down');
    expect(calls).toBe(4);
    const slow = { attempts: 3, baseMs: 1e9, maxMs: 1e9 };
    const controller = new AbortController();
    const waiting = withRetry(failing(true), controller.signal, slow);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('downloadAll', () => {
  const indexes = Array.from({ length: 40 }, (_, index) => index);

  async function run(requestMs: number): Promise<number> {
    let now = 0;
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await downloadAll(
      indexes,
      () => now,
      async (index) => {
        most = Math.max(most, ++running);
        await Promise.resolve();
        now += requestMs / running;
        running--;
        done.push(index);
      },
    );
    expect(done.sort((a, b) => a - b)).toEqual(indexes);
    return most;
  }

  it('asks one by one where a request is cheap, and several at a time where it is not', async () => {
    expect(await run(1)).toBe(1);
    expect(await run(500)).toBeGreaterThan(2);
  });

  it('stops at a failure and throws it', async () => {
    const done: number[] = [];
    const work = downloadAll(
      indexes,
      () => 0,
      async (index) => {
        if (index === 3) throw new Error('three');
        done.push(index);
      },
    );
    await expect(work).rejects.toThrow('three');
    expect(done).toEqual([0, 1, 2]);
  });
});
