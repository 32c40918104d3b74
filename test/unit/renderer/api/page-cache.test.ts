import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createPageCache, type Page } from '../../../../renderer/api/page-cache.ts';

/** A list that can change; answers come when the test lets them. */
function source(initial: readonly string[]) {
  let rows = initial;
  const asked: number[] = [];
  const held: (() => void)[] = [];
  let hold = false;
  return {
    asked,
    set: (next: readonly string[]) => {
      rows = next;
    },
    holdAnswers: (on: boolean) => {
      hold = on;
      if (!on) for (const answer of held.splice(0)) answer();
    },
    fetch: (offset: number, limit: number): Promise<Page<string>> => {
      asked.push(offset);
      const answer = { rows: rows.slice(offset, offset + limit), total: rows.length };
      return hold ? new Promise((done) => held.push(() => done(answer))) : Promise.resolve(answer);
    },
  };
}

const list = (length: number, prefix = 'r'): string[] => Array.from({ length }, (_, index) => `${prefix}${index}`);

describe('createPageCache', () => {
  it('fetches only the pages on the screen', async () => {
    const from = source(list(1000));
    const cache = createPageCache({ fetch: from.fetch, pageSize: 10 });
    cache.show(0, 5);
    await vi.waitFor(() => expect(cache.view().total).toBe(1000));
    cache.show(495, 505);
    await vi.waitFor(() => expect(cache.view().at(504)).toBe('r504'));
    expect(from.asked).toEqual([0, 490, 500]);
    expect(cache.view().at(300)).toBeUndefined();
    expect(cache.view().find((row) => row === 'r497')).toBe(497);
  });

  it('does not fetch what a fast scroll flew over', async () => {
    const from = source(list(10_000));
    const cache = createPageCache({ fetch: from.fetch, pageSize: 10, parallel: 1 });
    cache.show(0, 5);
    await vi.waitFor(() => expect(cache.view().total).toBe(10_000));
    from.holdAnswers(true);
    for (let at = 100; at <= 9000; at += 100) cache.show(at, at + 5);
    from.holdAnswers(false);
    await vi.waitFor(() => expect(cache.view().at(9000)).toBe('r9000'));
    expect(from.asked).toEqual([0, 100, 9000]);
  });

  it('keeps showing old rows until the new ones are there, and drops answers from before a change', async () => {
    const from = source(list(30));
    const cache = createPageCache({ fetch: from.fetch, pageSize: 10 });
    cache.show(0, 10);
    await vi.waitFor(() => expect(cache.view().at(0)).toBe('r0'));
    from.holdAnswers(true);
    cache.invalidate(); // asks for the rows as they are now …
    from.set(list(20, 'new'));
    cache.invalidate(); // … but they have changed again
    expect(cache.view().at(0)).toBe('r0');
    from.holdAnswers(false);
    await vi.waitFor(() => expect(cache.view().at(0)).toBe('new0'));
    expect(cache.view().total).toBe(20);
  });

  it('loads a range over several pages', async () => {
    const from = source(list(45));
    const cache = createPageCache({ fetch: from.fetch, pageSize: 10 });
    expect(await cache.load(7, 23)).toEqual(list(45).slice(7, 23));
    expect(await cache.load(40, 99)).toEqual(list(45).slice(40));
  });

  it('says why it failed, stops asking, and tries again when told', async () => {
    let broken = true;
    const ok = source(list(3));
    const fetch = vi.fn((offset: number, limit: number) =>
      broken ? Promise.reject(new Error('locked')) : ok.fetch(offset, limit),
    );
    const cache = createPageCache({ fetch, pageSize: 10 });
    cache.show(0, 3);
    await vi.waitFor(() => expect(cache.view().error).toBe('locked'));
    cache.show(0, 3);
    expect(fetch).toHaveBeenCalledTimes(1);
    broken = false;
    cache.retry();
    await vi.waitFor(() => expect(cache.view().at(2)).toBe('r2'));
    expect(cache.view().error).toBeNull();
  });

  it('keeps a bounded number of pages and is right about whatever is shown last', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(995), { minLength: 1, maxLength: 20 }), async (places) => {
        const from = source(list(1000));
        const cache = createPageCache({ fetch: from.fetch, pageSize: 10, maxPages: 4 });
        for (const at of places) cache.show(at, at + 5);
        const last = places.at(-1) ?? 0;
        await vi.waitFor(() => expect(cache.view().at(last + 4)).toBe(`r${last + 4}`), { interval: 1 });
        expect(cache.view().at(last)).toBe(`r${last}`);
        const here = list(1000).filter((_, index) => cache.view().at(index) !== undefined);
        expect(here.length).toBeLessThanOrEqual(40);
      }),
      { numRuns: 30 },
    );
  });
});
