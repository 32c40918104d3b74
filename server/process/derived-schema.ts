import type { Migration } from '../../shared/node/migrate.ts';

/**
 * What is derived from the journal; the file may be deleted while the server is stopped and is made again. `work` is what waits,
 * `dead_letter` what could not be read (`seq` 0: the session as a whole), `erased` what must not be written again by a derivation that
 * had begun before. Times are ms since epoch.
 */
export const DERIVED_MIGRATIONS: readonly Migration[] = [
  {
    version: 10,
    name: 'sessions, facts, work and dead letters',
    sql: `
      CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE work (
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        seq INTEGER NOT NULL,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (project, session)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE session (
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        seq INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        duration_ms INTEGER NOT NULL,
        entry_page TEXT NOT NULL,
        exit_page TEXT NOT NULL,
        user TEXT,
        browser TEXT,
        system TEXT,
        device TEXT NOT NULL,
        release TEXT,
        events INTEGER NOT NULL,
        clicks INTEGER NOT NULL,
        errors INTEGER NOT NULL,
        failed_requests INTEGER NOT NULL,
        missing INTEGER NOT NULL,
        skew_ms INTEGER NOT NULL,
        facts_version INTEGER NOT NULL,
        facts BLOB NOT NULL,
        PRIMARY KEY (project, session)
      ) STRICT;
      CREATE INDEX session_by_start ON session (project, started_at, session);
      CREATE TABLE session_user (
        project TEXT NOT NULL,
        user TEXT NOT NULL,
        session TEXT NOT NULL,
        PRIMARY KEY (project, user, session)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX session_user_by_session ON session_user (project, session);
      CREATE TABLE dead_letter (
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        seq INTEGER NOT NULL,
        reason TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (project, session, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE erased (
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        PRIMARY KEY (project, session)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    version: 20,
    name: 'what a derivation costs',
    sql: 'ALTER TABLE session ADD COLUMN took_ms INTEGER NOT NULL DEFAULT 0;',
  },
  {
    version: 30,
    name: 'where a session came from',
    sql: `
      ALTER TABLE session ADD COLUMN country TEXT;
      ALTER TABLE session ADD COLUMN region TEXT;
    `,
  },
];
