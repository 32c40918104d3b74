import { describe, expect, it } from 'vitest';
import { readSaved, type SavedText, savedText } from '../../../../renderer/state/saved.ts';
import { FIRST_TABS, openSessions, openTab } from '../../../../renderer/state/tabs.ts';
import { createWorkbenchStore } from '../../../../renderer/state/workbench-store.ts';
import { SessionKey } from '../../../../shared/model/identity.ts';

const key = SessionKey.parse('a'.repeat(32));

function memory(kept: string | null = null): SavedText {
  let text = kept;
  return {
    read: () => text,
    write: (next) => {
      text = next;
    },
  };
}

describe('saved state', () => {
  it('has defaults for everything', () => {
    const saved = readSaved(memory());
    expect(saved).toMatchObject({ tabs: FIRST_TABS, closed: [], sort: 'startedAt', descending: true, theme: 'system' });
  });
  it.each(['', 'null', '[]', '{"tabs":7,"theme":"pink","sort":"startedAt","columnSizes":{"who":-1}}', '{"tabs":{'])(
    'opens with what can be read of %j',
    (text) => {
      expect(readSaved(memory(text))).toMatchObject({ tabs: FIRST_TABS, theme: 'system', columnSizes: {} });
    },
  );
  it('comes back as it was written', () => {
    const storage = memory();
    const before = {
      ...readSaved(storage),
      tabs: openTab(FIRST_TABS, key),
      hiddenColumns: ['who'],
      evidenceWidth: 512,
    };
    storage.write(savedText(before));
    expect(readSaved(storage)).toEqual(before);
  });
});

describe('the workbench store', () => {
  it('remembers tabs, choices and the playhead across a restart', () => {
    const storage = memory();
    const first = createWorkbenchStore(storage).getState();
    first.openTab(key);
    first.rememberSession(key, { atMs: 1234 });
    first.set({ theme: 'dark', search: 'not kept' });
    const second = createWorkbenchStore(storage);
    expect(second.getState()).toMatchObject({ tabs: openTab(FIRST_TABS, key), theme: 'dark', search: '' });
    expect(second.getState().sessions[key]?.atMs).toBe(1234);
  });
  it('opens closed tabs again where they were, but not those of sessions that are gone', () => {
    const store = createWorkbenchStore(memory());
    const state = store.getState;
    state().openTab(key);
    state().rememberSession(key, { atMs: 1234 });
    state().closeTabs([key]);
    expect(openSessions(state().tabs)).toEqual([]);
    state().reopenTab();
    expect(openSessions(state().tabs)).toEqual([key]);
    expect(state().sessions[key]?.atMs).toBe(1234);
    state().forgetSessions([key]);
    state().reopenTab();
    expect(state()).toMatchObject({ tabs: FIRST_TABS, closed: [], sessions: {} });
    state().rememberSession(key, { atMs: 1 });
    expect(state().sessions).toEqual({});
  });
  it('shows the same notice once, and at most four', () => {
    const store = createWorkbenchStore(memory());
    for (const title of ['a', 'b', 'a', 'c', 'd', 'e']) store.getState().notify({ tone: 'info', title });
    expect(store.getState().notices.map(({ title }) => title)).toEqual(['a', 'c', 'd', 'e']);
    const [first] = store.getState().notices;
    if (first) store.getState().dismiss(first.id);
    expect(store.getState().notices).toHaveLength(3);
  });
});
