import type { ModelPrivacy } from '../../../shared/ipc/model-calls.ts';
import { Transcript } from '../../../shared/model/transcript.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { sessionOf } from './session-rows.ts';
import type { Store } from './store-api.ts';

/** What is kept of a model's endpoint; its key is kept elsewhere. */
export interface SavedModel {
  readonly baseUrl: string;
  readonly model: string;
  readonly privacy: ModelPrivacy;
}

/** The part of the store that knows the model and what it was asked. */
export type ModelStore = Pick<Store, 'modelSettings' | 'saveModelSettings' | 'addTranscript' | 'transcripts'>;

/** Transcripts of a session, newest first; a test reads its plan. */
export const TRANSCRIPTS_SQL = 'SELECT body FROM transcript WHERE session = ? ORDER BY at DESC LIMIT 50';

export function createModelStore(db: WriteDb): ModelStore {
  return {
    modelSettings: () =>
      db.get<SavedModel>('SELECT base_url AS baseUrl, name AS model, privacy FROM model WHERE id = 1') ?? null,
    saveModelSettings: ({ settings }) => {
      if (settings === null) {
        db.run('DELETE FROM model');
        return;
      }
      db.run(
        `INSERT INTO model (id, base_url, name, privacy) VALUES (1, ?, ?, ?) ON CONFLICT (id)
         DO UPDATE SET base_url = excluded.base_url, name = excluded.name, privacy = excluded.privacy`,
        settings.baseUrl,
        settings.model,
        settings.privacy,
      );
    },
    addTranscript: ({ key, transcript }) => {
      db.run(
        'INSERT OR REPLACE INTO transcript (session, at, id, body) VALUES (?, ?, ?, ?)',
        sessionOf(db, key).id,
        transcript.at,
        transcript.id,
        JSON.stringify(transcript),
      );
    },
    transcripts: ({ key }) =>
      db
        .all<{ body: string }>(TRANSCRIPTS_SQL, sessionOf(db, key).id)
        .map((row) => Transcript.parse(JSON.parse(row.body))),
  };
}
