import type { Migration } from '../../../shared/node/migrate.ts';

/**
 * What is looked up: all of it can be made again from the journals. `stream.next` is the first seq a generation lacks, `stream.reach` the
 * first behind all it has; `stain` a segment that still holds bytes of erased sessions;
 * `chunk.body_at` the place of the stored bytes in their segment. Times are ms since epoch.
 */
export const INDEX_MIGRATIONS: readonly Migration[] = [
  {
    version: 10,
    name: 'index of the journals',
    sql: `
      CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE project (id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
      CREATE TABLE credential (
        hash BLOB PRIMARY KEY,
        project TEXT NOT NULL REFERENCES project (id),
        kind TEXT NOT NULL CHECK (kind IN ('write', 'read')),
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE stream (
        id INTEGER PRIMARY KEY,
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        "window" TEXT NOT NULL,
        generation TEXT NOT NULL,
        next INTEGER NOT NULL,
        reach INTEGER NOT NULL,
        UNIQUE (project, session, "window", generation)
      ) STRICT;
      CREATE TABLE chunk (
        seq INTEGER PRIMARY KEY,
        project TEXT NOT NULL,
        stream INTEGER NOT NULL REFERENCES stream (id),
        first INTEGER NOT NULL,
        count INTEGER NOT NULL,
        from_at INTEGER NOT NULL,
        to_at INTEGER NOT NULL,
        skew_ms INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        sha256 BLOB NOT NULL,
        segment INTEGER NOT NULL,
        body_at INTEGER NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX chunk_identity ON chunk (stream, first, count);
      CREATE INDEX chunk_feed ON chunk (project, seq);
      CREATE TABLE conflict (
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        "window" TEXT NOT NULL,
        generation TEXT NOT NULL,
        first INTEGER NOT NULL,
        count INTEGER NOT NULL,
        sha256 BLOB NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (project, session, "window", generation, first, count, sha256)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    version: 20,
    name: 'roles, origins, expiry and revocation of secrets',
    sql: `
      ALTER TABLE credential ADD COLUMN role TEXT CHECK (role IN ('viewer', 'analyst', 'admin'));
      ALTER TABLE credential ADD COLUMN label TEXT NOT NULL DEFAULT '';
      ALTER TABLE credential ADD COLUMN origins TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE credential ADD COLUMN expires_at INTEGER;
      ALTER TABLE credential ADD COLUMN revoked_at INTEGER;
      UPDATE credential SET role = 'viewer' WHERE kind = 'read';
    `,
  },
  {
    version: 30,
    name: 'tombstones, holds, retention',
    // Conflicts are read from their journal again: they now know their segment.
    sql: `
      CREATE TABLE tombstone (
        seq INTEGER PRIMARY KEY,
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (reason IN ('erased', 'expired')),
        erased_at INTEGER NOT NULL,
        UNIQUE (project, session)
      ) STRICT;
      CREATE INDEX tombstone_feed ON tombstone (project, seq);
      CREATE TABLE stain (
        journal TEXT NOT NULL CHECK (journal IN ('chunks', 'conflicts')),
        segment INTEGER NOT NULL,
        PRIMARY KEY (journal, segment)
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE conflict ADD COLUMN segment INTEGER NOT NULL DEFAULT 0;
      CREATE TABLE hold (
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (project, session)
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE project ADD COLUMN retention_days INTEGER;
      DELETE FROM conflict;
      DELETE FROM meta WHERE name = 'applied:conflicts';
    `,
  },
  {
    version: 40,
    name: 'annotations',
    // `annotation_place` has a row for each version there ever was, so that erasing finds the bytes of all of them.
    sql: `
      CREATE TABLE annotation (
        seq INTEGER PRIMARY KEY,
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        item TEXT NOT NULL,
        edited_at INTEGER NOT NULL,
        by TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (project, session, item)
      ) STRICT;
      CREATE INDEX annotation_feed ON annotation (project, seq);
      CREATE TABLE annotation_place (
        seq INTEGER PRIMARY KEY,
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        segment INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX annotation_place_by_session ON annotation_place (project, session);
    `,
  },
  {
    version: 50,
    name: 'where batches came from',
    sql: `
      ALTER TABLE chunk ADD COLUMN country TEXT;
      ALTER TABLE chunk ADD COLUMN region TEXT;
    `,
  },
  {
    version: 60,
    name: 'scrub rules',
    sql: 'ALTER TABLE project ADD COLUMN scrub_rules TEXT;',
  },
  {
    version: 70,
    name: 'assets, and which sessions use them',
    sql: `
      CREATE TABLE asset (
        seq INTEGER PRIMARY KEY,
        project TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        type TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        segment INTEGER NOT NULL,
        body_at INTEGER NOT NULL,
        UNIQUE (project, sha256)
      ) STRICT;
      CREATE TABLE asset_use (
        seq INTEGER PRIMARY KEY,
        project TEXT NOT NULL,
        session TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        segment INTEGER NOT NULL,
        UNIQUE (project, session, sha256)
      ) STRICT;
      CREATE INDEX asset_use_by_asset ON asset_use (project, sha256);
    `,
  },
];
