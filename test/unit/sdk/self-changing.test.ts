import { describe, expect, it } from 'vitest';
import { type Change, createSelfChanging } from '../../../sdk/web/src/capture/self-changing.ts';

const node = (parentNode: Node | null = null) => ({ parentNode }) as unknown as Node;
const change = (target: Node, added = 1, removed = 1): Change => ({
  ...{ type: 'childList', target, attributeName: null },
  ...{ addedNodes: { length: added }, removedNodes: { length: removed } },
});

describe('changes that happen by themselves', () => {
  it('are told from others after the second time, also while actions go on', () => {
    const seen = createSelfChanging();
    const clock = node();
    seen.note(change(clock), 0, true);
    expect(seen.has(change(clock), 500)).toBe(false);
    seen.note(change(clock), 1_000, true);
    expect(seen.has(change(clock), 1_500)).toBe(true);
    for (let at = 2_000; at < 30_000; at += 1_000) seen.note(change(clock), at, false);
    expect(seen.has(change(clock), 30_000)).toBe(true);
    expect(seen.has(change(clock), 60_000)).toBe(false);
  });

  it('are not what an action does again and again, nor another change in the same place, nor one burst', () => {
    const seen = createSelfChanging();
    const list = node();
    for (let at = 0; at < 5_000; at += 500) seen.note(change(list), at, false);
    expect(seen.has(change(list), 5_000)).toBe(false);
    for (let i = 0; i < 50; i++) seen.note(change(list), 10_000, true);
    expect(seen.has(change(list), 10_100)).toBe(false);
    seen.note(change(list), 11_000, true);
    expect(seen.has(change(list), 11_100)).toBe(true);
    expect(seen.has(change(list, 5, 0), 11_100)).toBe(false);
  });

  it('cover what lies inside an element whose children are replaced all the time', () => {
    const seen = createSelfChanging();
    const carousel = node();
    seen.note(change(carousel), 0, true);
    seen.note(change(carousel), 1_000, true);
    expect(seen.has(change(node(node(carousel))), 1_500)).toBe(true);
    expect(seen.has(change(node(node())), 1_500)).toBe(false);
  });
});
