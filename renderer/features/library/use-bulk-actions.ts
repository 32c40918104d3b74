import { useMemo } from 'react';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { useAttempt, useServices } from '../../api/services.tsx';
import { formatMany } from '../../ui/format-count.ts';

/** What can be done with many sessions at once. What changes something can be undone from its notice. */
export interface BulkActions {
  pin(keys: readonly SessionKey[], pinned: boolean): Promise<void>;
  tag(keys: readonly SessionKey[], name: string): Promise<void>;
  untag(keys: readonly SessionKey[], name: string): Promise<void>;
  diagnose(keys: readonly SessionKey[]): Promise<void>;
  /** The rows go at once; the recordings when the undo time is over, or when the app is closed. */
  remove(keys: readonly SessionKey[]): Promise<void>;
}

/** The bulk actions over the window's services. */
export function useBulkActions(): BulkActions {
  const { engine, store } = useServices();
  const attempt = useAttempt();
  return useMemo(() => {
    const { notify, forgetSessions, select } = store.getState();
    const cannotUndo = 'That could not be undone.';
    /** Undoes only what was changed: sessions that had the tag before keep it. */
    const told = (
      changed: readonly SessionKey[],
      done: string,
      nothing: string,
      undo: () => Promise<unknown>,
    ): void => {
      if (changed.length === 0) notify({ tone: 'info', title: nothing });
      else
        notify({
          tone: 'info',
          title: `${done} ${formatMany(changed.length, 'session')}`,
          undo: () => attempt(cannotUndo, undo),
        });
    };
    return {
      pin: (keys, pinned) =>
        attempt('The sessions could not be pinned.', async () => {
          const { changed } = await engine.call('sessions.pin', { keys: [...keys], pinned });
          const [done, nothing] = pinned ? ['Pinned', 'They are all pinned.'] : ['Unpinned', 'None of them is pinned.'];
          told(changed, done ?? '', nothing ?? '', () =>
            engine.call('sessions.pin', { keys: changed, pinned: !pinned }),
          );
        }),
      tag: (keys, name) =>
        attempt('The sessions could not be tagged.', async () => {
          const { changed } = await engine.call('tags.add', { keys: [...keys], name });
          told(changed, `Tagged “${name}”:`, `They all have the tag “${name}”.`, () =>
            engine.call('tags.remove', { keys: changed, name }),
          );
        }),
      untag: (keys, name) =>
        attempt('The tag could not be taken away.', async () => {
          const { changed } = await engine.call('tags.remove', { keys: [...keys], name });
          told(changed, `Took “${name}” away:`, `None of them has the tag “${name}”.`, () =>
            engine.call('tags.add', { keys: changed, name }),
          );
        }),
      diagnose: (keys) =>
        attempt('The sessions could not be diagnosed.', () => engine.call('sessions.diagnose', { keys: [...keys] })),
      remove: (keys) =>
        attempt('The sessions could not be deleted.', async () => {
          const { changed, undoMs } = await engine.call('sessions.hide', { keys: [...keys] });
          forgetSessions(keys);
          select({ type: 'gone', keys });
          notify({
            tone: 'info',
            title: `Deleted the local copy of ${formatMany(changed.length, 'session')}`,
            shownMs: undoMs,
            undo: () =>
              attempt(cannotUndo, async () => {
                const restored = await engine.call('sessions.restore', { keys: changed });
                if (restored.changed.length < changed.length)
                  notify({
                    tone: 'error',
                    title: cannotUndo,
                    text: 'The time for it was over. A synced session can be synced again.',
                  });
              }),
          });
        }),
    };
  }, [attempt, engine, store]);
}
