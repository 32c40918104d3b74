import type { Storage } from '../storage/storage.ts';
import type { News } from './news.ts';
import type { Presence } from './presence.ts';

/** A storage that tells of what it took in or erased, once it is durable and can be read. */
export const announcing = (storage: Storage, news: Pick<News, 'announce'>, presence: Presence): Storage => ({
  ...storage,
  async appendBatch(batch) {
    const kept = await storage.appendBatch(batch);
    const isNew = kept.outcome === 'stored';
    if (isNew || kept.outcome === 'duplicate') presence.note(batch.project, batch.session, isNew ? batch.count : 0);
    if (isNew) news.announce(batch.project);
    return kept;
  },
  async eraseSessions(project, sessions, why) {
    await storage.eraseSessions(project, sessions, why);
    presence.forget(project, sessions);
    news.announce(project);
  },
});
