import { describe, expect, it, vi } from 'vitest';
import { createScreens, type NavigationState } from '../../../../sdk/react-native/src/capture/screens.ts';
import { createAppSpool } from '../../../../sdk/react-native/src/delivery/spool.ts';
import { type AppStorage, remember } from '../../../../sdk/react-native/src/delivery/storage.ts';
import { webViewScript } from '../../../../sdk/react-native/src/web-view.ts';
import { watchRoots } from '../../../../sdk/react-native/src/wireframe/roots.ts';
import type { Batch } from '../../../../sdk/web/src/transport/batch.ts';

const storage = (): AppStorage & { readonly kept: Map<string, string> } => {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: async (name) => kept.get(name) ?? null,
    setItem: async (name, value) => void kept.set(name, value),
    removeItem: async (name) => void kept.delete(name),
  };
};
const batch = (generation: string, first: number, at = 1_000): Batch => ({
  ...{
    place: { session: 's', window: 'w', generation },
    first,
    events: ['{"type":6}'],
    chars: 10,
    fromAt: at,
    toAt: at,
  },
});

describe('batches that wait in the storage of an app', () => {
  it('come back oldest first, without those of this start, and are gone when removed', async () => {
    const place = storage();
    const spool = createAppSpool(place, 'n', () => 2_000);
    await Promise.all([spool.keep([batch('a', 0), batch('a', 5)]), spool.keep([batch('a', 5), batch('b', 0)])]);
    const first = await spool.next(new Set(['b']));
    expect(first).toMatchObject({ first: 0, count: 1, body: '[{"type":6}]', place: { generation: 'a' } });
    if (first) await spool.remove(first);
    expect(await spool.next(new Set(['b']))).toMatchObject({ first: 5 });
    await spool.clear();
    expect([...place.kept.keys()]).toEqual([]);
  });

  it('are given up when they are too many, too old, or lost', async () => {
    const place = storage();
    const spool = createAppSpool(place, 'n', () => 8 * 24 * 3_600_000);
    await spool.keep([
      batch('old', 0, 0),
      ...Array.from({ length: 60 }, (_, i) => batch('g', i, 7 * 24 * 3_600_000 + i)),
    ]);
    expect(await spool.next(new Set())).toMatchObject({ first: 0, place: { generation: 'g' } });
    place.kept.delete('n batch g 0');
    expect(await spool.next(new Set())).toMatchObject({ first: 1 });
    expect(place.kept.size).toBe(60);
  });

  it('do no harm where the storage fails', async () => {
    const broken: AppStorage = {
      getItem: () => Promise.reject(new Error('full')),
      setItem: () => Promise.reject(new Error('full')),
      removeItem: () => Promise.reject(new Error('full')),
    };
    const spool = createAppSpool(broken, 'n', () => 0);
    await spool.keep([batch('a', 0)]);
    expect(await spool.next(new Set())).toBeUndefined();
    const memory = await remember(broken, ['x']);
    memory.setItem('x', '1');
    expect(memory.getItem('x')).toBe('1');
  });
});

describe('the screen of an app', () => {
  it('is the path through its navigators, with the values of parameters masked', () => {
    const told = vi.fn();
    const screens = createScreens(told, () => undefined);
    let state: NavigationState = { index: 0, routes: [{ name: 'Home' }] };
    let changed = (): void => undefined;
    const container = {
      getRootState: () => state,
      addListener: (_type: 'state', listener: () => void) => {
        changed = listener;
        return () => undefined;
      },
    };
    screens.follow(container);
    const inner: NavigationState = {
      routes: [{ name: 'List' }, { name: 'Order', params: { id: 'anna@x.test', more: {} } }],
    };
    state = { index: 1, routes: [{ name: 'Home' }, { name: 'My shop', state: inner }] };
    changed();
    state = { index: 0, routes: [{ name: 'Home' }] };
    changed();
    screens.show('Tabs/Cart');
    expect(told.mock.calls.map(([kind, { kind: how, url }]) => [kind, how, url])).toEqual([
      ['navigation', 'replace', 'app:/Home'],
      ['navigation', 'push', expect.stringMatching(/^app:\/My%20shop\/Order\?id=~[0-9a-f]{4}$/)],
      ['navigation', 'pop', 'app:/Home'],
      ['navigation', 'replace', 'app:/Tabs/Cart'],
    ]);
  });
});

describe('what an app tells the pages it shows', () => {
  const run = (script: string, origin: string, isTop = true): unknown => {
    const window = { top: undefined as unknown };
    window.top = isTop ? window : {};
    new Function('window', 'location', script)(window, { origin });
    return Reflect.get(window, Symbol.for('traceflow.session'));
  };
  it('is the session, to pages of its own origins alone', () => {
    const script = webViewScript('abc', ['https://shop.test', '</script>"\u2028']);
    expect(run(script, 'https://shop.test')).toBe('abc');
    expect(run(script, 'https://shop.test.evil.test')).toBeUndefined();
    expect(run(script, 'https://shop.test', false)).toBeUndefined();
    expect(run(webViewScript('', ['https://shop.test']), 'https://shop.test')).toBeUndefined();
    expect(script).not.toContain('</script>');
  });
});

describe('the trees of React', () => {
  it('are heard of beside the tools that listen already', () => {
    const tools = vi.fn();
    const app: Record<string, unknown> = { __REACT_DEVTOOLS_GLOBAL_HOOK__: { onCommitFiberRoot: tools } };
    const roots = watchRoots(app);
    const hook = app.__REACT_DEVTOOLS_GLOBAL_HOOK__ as { onCommitFiberRoot: (id: number, root: unknown) => void };
    const root = { current: { child: {} as unknown } };
    hook.onCommitFiberRoot(1, root);
    expect([...roots.all()]).toEqual([root]);
    root.current.child = null;
    hook.onCommitFiberRoot(1, root);
    expect([...roots.all()]).toEqual([]);
    expect(tools).toHaveBeenCalledTimes(2);
  });

  it('are heard of where the tools cannot be replaced', () => {
    const hook: { onCommitFiberRoot?: (id: number, root: unknown) => void } = {};
    const app = Object.defineProperty({}, '__REACT_DEVTOOLS_GLOBAL_HOOK__', { get: () => hook });
    const roots = watchRoots(app);
    const root = { current: { child: {} } };
    hook.onCommitFiberRoot?.(1, root);
    expect([...roots.all()]).toEqual([root]);
  });
});
