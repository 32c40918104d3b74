import { describe, expect, it } from 'vitest';
import { readSaved, writeSaved } from '../../../../renderer/state/saved.ts';
import { createWorkbenchStore } from '../../../../renderer/state/workbench-store.ts';
import { SessionKey } from '../../../../shared/model/identity.ts';

const key = SessionKey.parse('a'.repeat(32));

function memoryStorage(text?: string): Storage {
  const kept = new Map<string, string>(text === undefined ? [] : [['traceflow.workbench', text]]);
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    key: () => null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

describe('saved state', () => {
  it('has defaults for everything', () => {
    const saved = readSaved(memoryStorage());
    expect(saved).toMatchObject({ open: [], active: 'library', sort: 'startedAt', descending: true, theme: 'system' });
  });
  it.each(['', 'null', '[]', '{"open":7,"theme":"pink","sort":"startedAt","columnSizes":{"who":-1}}', '{"open":['])(
    'opens with what can be read of %j',
    (text) => {
      expect(readSaved(memoryStorage(text))).toMatchObject({ open: [], theme: 'system', columnSizes: {} });
    },
  );
  it('comes back as it was written', () => {
    const storage = memoryStorage();
    const before = { ...readSaved(storage), open: [key], active: key, hiddenColumns: ['who'], evidenceWidth: 512 };
    writeSaved(storage, before);
    expect(readSaved(storage)).toEqual(before);
  });
});

describe('the workbench store', () => {
  it('remembers tabs, choices and the playhead across a restart, and forgets closed sessions', () => {
    const storage = memoryStorage();
    const first = createWorkbenchStore(storage).getState();
    first.openSession(key);
    first.rememberSession(key, { atMs: 1234 });
    first.set({ theme: 'dark', search: 'not kept' });
    const second = createWorkbenchStore(storage);
    expect(second.getState()).toMatchObject({ open: [key], active: key, theme: 'dark', search: '' });
    expect(second.getState().sessions[key]?.atMs).toBe(1234);
    second.getState().closeSessions([key]);
    expect(createWorkbenchStore(storage).getState().sessions).toEqual({});
  });
  it('shows the same notice once, and at most four', () => {
    const store = createWorkbenchStore(memoryStorage());
    for (const title of ['a', 'b', 'a', 'c', 'd', 'e']) store.getState().notify({ tone: 'info', title });
    expect(store.getState().notices.map(({ title }) => title)).toEqual(['a', 'c', 'd', 'e']);
    const [first] = store.getState().notices;
    if (first) store.getState().dismiss(first.id);
    expect(store.getState().notices).toHaveLength(3);
  });
});
