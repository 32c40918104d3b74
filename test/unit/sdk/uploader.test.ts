import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlace } from '../../../sdk/web/src/session/place.ts';
import type { Answer } from '../../../sdk/web/src/transport/post.ts';
import { retryAfterMs, retryDelayMs, verdictOf } from '../../../sdk/web/src/transport/retry.ts';
import type { Spool, Spooled } from '../../../sdk/web/src/transport/spool.ts';
import { createUploader } from '../../../sdk/web/src/transport/uploader.ts';
import { BatchHead } from '../../../shared/wire/batch.ts';
import { fakeTime } from './fake-time.ts';

interface Sent {
  readonly at: number;
  readonly first: number;
  readonly events: number[];
}

/** An uploader on a fake network that answers from a list, then with 200. */
function setUp(answers: Answer[] = [], inherited: Spooled[] = []) {
  const time = fakeTime();
  const sent: Sent[] = [];
  const beacons: Sent[] = [];
  const warnings: string[] = [];
  let refused = 0;
  let gaps = 0;
  const place = createPlace('s', 'w', 'g');
  const read = (url: string, body: unknown): Sent => {
    const head = BatchHead.parse(Object.fromEntries(new URL(url).searchParams));
    return { at: time.now(), first: head.first, events: JSON.parse(String(body)) };
  };
  const kept: number[] = [];
  const removed: string[] = [];
  let cleared = 0;
  const spool: Spool = {
    async keep(batches) {
      for (const batch of batches) {
        batch.kept = true;
        if (!kept.includes(batch.first)) kept.push(batch.first);
      }
    },
    async remove({ place: { generation }, first }) {
      removed.push(`${generation} ${first}`);
      const at = inherited.findIndex((one) => one.place.generation === generation && one.first === first);
      if (at >= 0) inherited.splice(at, 1);
    },
    next: async (own) => inherited.find((one) => !own.has(one.place.generation)),
    async clear() {
      cleared++;
    },
  };
  const uploader = createUploader({
    ...{ server: 'https://t.example', key: 'k', timers: time.timers, now: time.now, random: () => 0.5 },
    ...{ spool, pack: (text: string) => Promise.resolve(text) },
    post: {
      send(url, body) {
        sent.push(read(url, body));
        return Promise.resolve(answers.shift() ?? { status: 200 });
      },
      beacon: (url, body) => beacons.push(read(url, body)) > 0,
    },
    warn: (message) => warnings.push(message),
    onRefused: () => refused++,
    onGap: () => gaps++,
  });
  const add = (count: number, size = 1) => {
    for (let i = 0; i < count; i++) {
      const seq = place.nextSeq++;
      uploader.add(place, seq, time.now(), String(seq).padStart(size, ' '));
    }
  };
  const disk = { kept, removed, cleared: () => cleared };
  return { time, sent, beacons, warnings, uploader, add, disk, counts: () => ({ refused, gaps }) };
}

const stored = (sent: readonly Sent[]) => sent.flatMap(({ events }) => events);

describe('the uploader', () => {
  it('sends after two seconds, or as soon as a batch is full', async () => {
    const { time, sent, add } = setUp();
    add(3);
    await time.pass(1_999);
    expect(sent).toEqual([]);
    await time.pass(1);
    expect(stored(sent)).toEqual([0, 1, 2]);
    add(3, 30_000);
    await time.pass(0);
    expect(stored(sent)).toEqual([0, 1, 2, 3, 4]);
    await time.pass(2_000);
    expect(stored(sent)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('tries a failed batch again, unchanged and before the next, later each time', async () => {
    const { time, sent, add, uploader } = setUp([{ status: 500 }, { status: 0 }, { status: 503 }]);
    add(2);
    const start = time.now();
    await uploader.flush();
    add(2);
    await time.pass(60_000);
    expect(sent.map(({ first }) => first)).toEqual([0, 0, 0, 0, 2]);
    expect(sent.slice(0, 4).map(({ at }) => at - start)).toEqual([0, 375, 1125, 2625]);
  });

  it('waits as long as the server asks, also when told to flush', async () => {
    const { time, sent, add, uploader } = setUp([{ status: 429, retryAfterMs: 10_000 }]);
    add(1);
    await uploader.flush();
    await time.pass(9_000);
    await uploader.flush();
    expect(sent).toHaveLength(1);
    await time.pass(1_000);
    expect(sent).toHaveLength(2);
  });

  it('goes on after a conflict, drops what the receipt says is stored, and warns once of what was not wanted', async () => {
    const { time, sent, add, uploader, warnings, counts } = setUp([{ status: 409 }, { status: 413 }, { status: 413 }]);
    for (let i = 0; i < 3; i++) add(1, 60_000);
    await time.pass(0);
    expect(sent).toHaveLength(3);
    expect(warnings).toHaveLength(1);
    expect(counts().gaps).toBe(0);
    add(1);
    await uploader.flush();
    expect(counts().gaps).toBe(1);
  });

  it('stops for good when the key is refused', async () => {
    const { time, sent, add, uploader, warnings, counts } = setUp([{ status: 403 }]);
    add(1);
    await uploader.flush();
    add(1);
    await uploader.flush();
    await time.pass(100_000);
    expect(sent).toHaveLength(1);
    expect(warnings).toHaveLength(1);
    expect(counts().refused).toBe(1);
  });

  it('hands over what is not acknowledged when the page leaves, in pieces a beacon can take', () => {
    const { beacons, add, uploader } = setUp();
    add(5, 30_000);
    add(1, 100_000);
    add(1);
    uploader.leave();
    expect(stored(beacons)).toEqual([0, 1, 2, 3, 4, 6]);
  });

  it('delivers everything in order whatever the network does for a while', async () => {
    const answer = fc.constantFrom<Answer>({ status: 0 }, { status: 500 }, { status: 200 }, { status: 409 });
    const step = fc.record({ count: fc.nat(4), waitMs: fc.nat(5_000), flush: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { maxLength: 12 }),
        fc.array(step, { maxLength: 12 }),
        async (answers, steps) => {
          const { time, sent, add, uploader } = setUp([...answers]);
          let total = 0;
          for (const { count, waitMs, flush } of steps) {
            add(count);
            total += count;
            if (flush) await uploader.flush();
            await time.pass(waitMs);
          }
          await time.pass(600_000);
          const taken = sent.filter((_, i) => ![0, 500].includes(answers[i]?.status ?? 200));
          expect(stored(taken)).toEqual(Array.from({ length: total }, (_, i) => i));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what is kept on the disk', () => {
  const old = (generation: string, first: number): Spooled => ({
    place: { session: 's0', window: 'w', generation },
    ...{ first, count: 1, fromAt: 1, toAt: 1, body: `[${100 + first}]` },
  });

  it('is everything sealed at a failure, and taken out when it was sent', async () => {
    const { time, add, uploader, disk } = setUp([{ status: 503 }]);
    add(2);
    await uploader.flush();
    expect(disk).toMatchObject({ kept: [0], removed: [] });
    add(1);
    await time.pass(60_000);
    expect(disk.removed).toEqual(['g 0']);
  });

  it('of earlier pages is sent once the server answers, until it does not, and what is our own is not', async () => {
    const { time, sent, add, uploader, disk } = setUp(
      [{ status: 200 }, { status: 200 }, { status: 0 }],
      [...[old('g', 0), old('old', 0), old('old', 1)]],
    );
    add(1);
    await uploader.flush();
    expect(stored(sent)).toEqual([0, 100, 101]);
    expect(disk.removed).toEqual(['old 0']);
    add(1);
    await time.pass(2_000);
    expect(stored(sent)).toEqual([0, 100, 101, 1, 101]);
    expect(disk.removed).toEqual(['old 0', 'old 1']);
  });

  it('goes with an opt-out or a refused key', async () => {
    const refusing = setUp([{ status: 401 }]);
    refusing.add(1);
    await refusing.uploader.flush();
    const leaving = setUp();
    leaving.add(1);
    leaving.uploader.discard();
    await leaving.uploader.flush();
    expect([refusing.disk.cleared(), leaving.disk.cleared(), leaving.sent]).toEqual([1, 1, []]);
  });
});

describe('retrying', () => {
  it('knows what an answer means', () => {
    expect([200, 204, 409].map(verdictOf)).toEqual(['stored', 'stored', 'stored']);
    expect([0, 408, 429, 500, 503].map(verdictOf)).toEqual(['later', 'later', 'later', 'later', 'later']);
    expect([401, 403].map(verdictOf)).toEqual(['refused', 'refused']);
    expect([400, 404, 413].map(verdictOf)).toEqual(['unwanted', 'unwanted', 'unwanted']);
  });

  it('waits longer each time, never beyond the limits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failures, random) => {
          const delay = retryDelayMs(failures, random, undefined);
          expect(delay).toBeGreaterThanOrEqual(250);
          expect(delay).toBeLessThanOrEqual(30_000);
          expect(retryDelayMs(failures + 1, 0, undefined)).toBeGreaterThanOrEqual(retryDelayMs(failures, 0, undefined));
        },
      ),
    );
    expect(retryDelayMs(1, 0, 1e12)).toBe(300_000);
  });

  it('reads Retry-After in both forms', () => {
    expect(retryAfterMs('7', 0)).toBe(7_000);
    expect(retryAfterMs('Thu, 01 Jan 1970 00:01:00 GMT', 50_000)).toBe(10_000);
    expect(retryAfterMs('Thu, 01 Jan 1970 00:01:00 GMT', 90_000)).toBe(0);
    expect(retryAfterMs('soon', 0)).toBeUndefined();
    expect(retryAfterMs(null, 0)).toBeUndefined();
  });
});
