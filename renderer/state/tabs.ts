import type { SessionKey } from '../../shared/model/identity.ts';

/** The library, or one open session. */
export type TabId = 'library' | SessionKey;

/** Open tabs, in order; the library is always there and always first. */
export interface Tabs {
  readonly open: readonly SessionKey[];
  readonly active: TabId;
}

/** Opens a session (or comes back to its tab). */
export const openTab = (tabs: Tabs, key: SessionKey): Tabs => ({
  open: tabs.open.includes(key) ? tabs.open : [...tabs.open, key],
  active: key,
});

/** Closes sessions; when the active one goes, its right neighbour takes over, else its left one, else the library. */
export function closeTabs(tabs: Tabs, keys: readonly SessionKey[]): Tabs {
  const closing = new Set<TabId>(keys);
  const open = tabs.open.filter((key) => !closing.has(key));
  if (tabs.active === 'library' || !closing.has(tabs.active)) return { open, active: tabs.active };
  const at = tabs.open.indexOf(tabs.active);
  const right = tabs.open.slice(at).find((key) => !closing.has(key));
  const left = tabs.open.slice(0, at).findLast((key) => !closing.has(key));
  return { open, active: right ?? left ?? 'library' };
}

/** The tab `steps` to the right of the active one, round the end. */
export function neighbourTab(tabs: Tabs, steps: number): TabId {
  const all: readonly TabId[] = ['library', ...tabs.open];
  const at = all.indexOf(tabs.active);
  return all[(at + steps + all.length) % all.length] ?? 'library';
}
