import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeTabs, neighbourTab, openTab, type Tabs } from '../../../../renderer/state/tabs.ts';
import { SessionKey } from '../../../../shared/model/identity.ts';

const key = (index: number) => SessionKey.parse(index.toString(16).padStart(32, '0'));
const [a, b, c] = [key(1), key(2), key(3)];
const tabs: Tabs = { open: [a, b, c], active: b };

describe('tabs', () => {
  it('comes back to a tab that is open', () => {
    expect(openTab(tabs, c)).toEqual({ open: [a, b, c], active: c });
    expect(openTab(tabs, key(4)).open).toEqual([a, b, c, key(4)]);
  });
  it('gives way to the right neighbour, then the left one, then the library', () => {
    expect(closeTabs(tabs, [b])).toEqual({ open: [a, c], active: c });
    expect(closeTabs({ ...tabs, active: c }, [c]).active).toBe(b);
    expect(closeTabs(tabs, [a, b, c])).toEqual({ open: [], active: 'library' });
    expect(closeTabs(tabs, [a]).active).toBe(b);
  });
  it('goes round', () => {
    expect(neighbourTab({ ...tabs, active: c }, 1)).toBe('library');
    expect(neighbourTab({ ...tabs, active: 'library' }, -1)).toBe(c);
  });
  it('never has an active tab that is not open', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(5))), (steps) => {
        let state: Tabs = { open: [], active: 'library' };
        for (const [opens, index] of steps) state = opens ? openTab(state, key(index)) : closeTabs(state, [key(index)]);
        expect(state.active === 'library' || state.open.includes(state.active)).toBe(true);
        expect(new Set(state.open).size).toBe(state.open.length);
      }),
    );
  });
});
