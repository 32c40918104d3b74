import { isBackendWindow } from '../../shared/model/identity.ts';
import type { Storage } from '../storage/storage.ts';
import { type News, topicOf } from './news.ts';
import type { Presence } from './presence.ts';

/** A storage that tells of what it took in or erased, once it is durable and can be read. */
export const announcing = (storage: Storage, news: Pick<News, 'announce'>, presence: Presence): Storage => {
  const tell = (project: string, sessions: readonly string[]): void => {
    for (const session of sessions) news.announce(topicOf(project, session));
    news.announce(project);
  };
  return {
    ...storage,
    async appendBatch(batch) {
      const kept = await storage.appendBatch(batch);
      const isNew = kept.outcome === 'stored';
      // A backend that goes on working for a session does not mean that somebody is there.
      const isSign = (isNew || kept.outcome === 'duplicate') && !isBackendWindow(batch.window);
      if (isSign) presence.note(batch.project, batch.session, isNew ? batch.count : 0);
      if (isNew) tell(batch.project, [batch.session]);
      return kept;
    },
    async annotate(annotations, source) {
      const outcomes = await storage.annotate(annotations, source);
      const stored = annotations.filter((_, at) => outcomes[at] === 'stored').map(({ session }) => session);
      if (stored.length > 0) tell(source.project, [...new Set(stored)]);
      return outcomes;
    },
    async eraseSessions(project, sessions, why) {
      await storage.eraseSessions(project, sessions, why);
      presence.forget(project, sessions);
      tell(project, sessions);
    },
  };
};
