import { describe, expect, it } from 'vitest';
import { createTab } from '../../../sdk/web/src/session/tab.ts';
import { createVisit, IDLE_MS, MAX_MS } from '../../../sdk/web/src/session/visit.ts';

/** A storage as browsers have it, that can be copied as duplicating a tab does. */
function storage(from: ReadonlyMap<string, string> = new Map()) {
  const data = new Map(from);
  return {
    data,
    getItem: (name: string) => data.get(name) ?? null,
    setItem: (name: string, value: string) => void data.set(name, value),
  };
}
const refusing = {
  getItem: (): string | null => {
    throw new Error('refused');
  },
  setItem: () => {
    throw new Error('refused');
  },
};
const ids = (prefix: string) => {
  let n = 0;
  return () => `${prefix}${++n}`;
};

describe('a visit', () => {
  it('is shared by tabs while any of them sees the person', () => {
    let now = 0;
    const shared = storage();
    const deps = { storage: shared, name: 'n', now: () => now, newId: ids('v') };
    const a = createVisit(deps);
    expect(a.begin()).toBe('v1');
    now += IDLE_MS - 1;
    expect(a.touch()).toBe(false);
    now += IDLE_MS - 1;
    expect(createVisit(deps).begin()).toBe('v1');
    now += IDLE_MS;
    expect(a.idle()).toBe(true);
    expect(a.touch()).toBe(true);
    expect(a.begin()).toBe('v2');
  });

  it('ends after eight hours, in all tabs for the same next one', () => {
    let now = 0;
    const deps = { storage: storage(), name: 'n', now: () => now, newId: ids('v') };
    const [a, b] = [createVisit(deps), createVisit(deps)];
    expect([a.begin(), b.begin()]).toEqual(['v1', 'v1']);
    for (; now < MAX_MS - IDLE_MS / 2; now += IDLE_MS / 2) expect([a.touch(), b.touch()]).toEqual([false, false]);
    now = MAX_MS;
    expect([a.touch(), b.touch()]).toEqual([true, true]);
    expect([a.begin(), b.begin()]).toEqual(['v2', 'v2']);
    expect(a.touch()).toBe(false);
  });

  it('goes on that an earlier version of the SDK began', () => {
    const deps = { storage: storage(new Map([['n', 'v0 1000']])), name: 'n', now: () => 2000, newId: ids('v') };
    expect(createVisit(deps).begin()).toBe('v0');
  });

  it('goes on in memory where storage is refused or holds nonsense', () => {
    let now = 0;
    for (const slot of [undefined, refusing, storage(new Map([['n', '<script> soon']]))]) {
      const visit = createVisit({ storage: slot, name: 'n', now: () => now, newId: ids('v') });
      expect(visit.begin()).toBe('v1');
      now += 1000;
      expect(visit.touch()).toBe(false);
      expect(visit.begin()).toBe('v1');
      now += IDLE_MS;
      expect(visit.begin()).toBe('v2');
    }
  });
});

describe('a tab', () => {
  const open = (slot: ReturnType<typeof storage> | undefined, newId: () => string) =>
    createTab({ storage: slot, name: 'n', newId });

  it('keeps its id over reloads and the back/forward cache; a copy gets its own', () => {
    const newId = ids('t');
    const original = storage();
    const first = open(original, newId);
    const copy = storage(original.data);
    const second = open(copy, newId);
    expect([first.id, second.id]).toEqual(['t1', 't2']);
    first.leave();
    const reloaded = open(original, newId);
    expect(reloaded.id).toBe('t1');
    second.leave();
    expect(open(copy, newId).id).toBe('t2');
    reloaded.leave();
    reloaded.enter();
    expect(open(storage(original.data), newId).id).toBe('t3');
  });

  it('has an id where storage is missing or refused', () => {
    expect(open(undefined, ids('t')).id).toBe('t1');
    const tab = createTab({ storage: refusing, name: 'n', newId: ids('t') });
    tab.leave();
    expect(tab.id).toBe('t1');
  });
});
