import { describe, expect, it } from 'vitest';
import {
  activeTab,
  closeTabs,
  FIRST_TABS,
  openSessions,
  openTab,
  readTab,
  ruled,
  stepTab,
} from '../../../../renderer/state/tabs.ts';
import { oneGroup, panelsOf } from '../../../../renderer/ui/dock/arrangement.ts';
import { SessionKey } from '../../../../shared/model/identity.ts';

const key = (index: number) => SessionKey.parse(index.toString(16).padStart(32, '0'));
const tabs = openTab(openTab(openTab(FIRST_TABS, key(1)), 'settings'), key(2));

describe('tabs', () => {
  it('are places and sessions, and nothing else', () => {
    expect(readTab('settings')).toBe('settings');
    expect(readTab(key(1))).toBe(key(1));
    expect(readTab('elsewhere')).toBeNull();
    expect(openSessions(tabs)).toEqual([key(1), key(2)]);
  });
  it('always hold the library', () => {
    expect(panelsOf(closeTabs(tabs, ['library', 'settings']))).toEqual(['library', key(1), key(2)]);
    expect(panelsOf(ruled(oneGroup(['elsewhere', key(1)])))).toEqual(['library', key(1)]);
    expect(ruled({ root: null, active: null })).toEqual(FIRST_TABS);
  });
  it('go round', () => {
    expect(activeTab(stepTab(tabs, 1))).toBe('library');
    expect(activeTab(stepTab(tabs, -1))).toBe('settings');
  });
});
