import type { Migration } from '../../../shared/node/migrate.ts';

const FIRST = `
-- One recorded session as the library lists it. Times are ms since epoch; what is counted comes from the facts.
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,            -- names the session everywhere, also its file
  source TEXT NOT NULL,                -- file:<name>, server:<id> or demo
  session_id TEXT NOT NULL,
  started_at REAL NOT NULL,
  duration_ms REAL NOT NULL,
  entry_url TEXT NOT NULL,
  exit_url TEXT NOT NULL,
  user TEXT,
  user_agent TEXT,
  release TEXT,
  events INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  failed_requests INTEGER NOT NULL,
  frustrations INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('index', 'downloaded')),
  verdict TEXT,
  notice TEXT,
  facts_version INTEGER NOT NULL DEFAULT 0,     -- version of the code that made the facts; 0: to be made
  analysis_version INTEGER NOT NULL DEFAULT 0,
  content TEXT,                        -- hash of its chunks: the same recording, whichever way it came
  search TEXT NOT NULL                 -- lower-case text the search looks in
) STRICT;
CREATE INDEX session_started_at ON session (started_at, id, search);
CREATE INDEX session_duration_ms ON session (duration_ms, id);
CREATE INDEX session_events ON session (events, id);
CREATE INDEX session_clicks ON session (clicks, id);
CREATE INDEX session_errors ON session (errors, id);
CREATE INDEX session_failed_requests ON session (failed_requests, id);
CREATE INDEX session_frustrations ON session (frustrations, id);
CREATE INDEX session_user ON session (user, id);
CREATE INDEX session_entry_url ON session (entry_url, id);
CREATE INDEX session_content ON session (content, key);
CREATE INDEX session_versions ON session (facts_version, analysis_version, key);

-- Where the bytes of a recording lie in the file of its session. A row is written only after its bytes are durable.
CREATE TABLE chunk (
  session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  idx INTEGER NOT NULL,                -- order of arrival, from 0
  window_id TEXT NOT NULL,
  generation TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  count INTEGER NOT NULL,
  from_at REAL NOT NULL,
  to_at REAL NOT NULL,
  skew_ms REAL NOT NULL,               -- how far the page's clock was behind the server's, upper estimate
  file_offset INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (session, idx),
  UNIQUE (session, generation, first_seq, count)
) STRICT, WITHOUT ROWID;

-- Facts of a session, remade when the version of their code rises.
CREATE TABLE signal (
  session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  at REAL NOT NULL,
  page TEXT NOT NULL,
  body TEXT NOT NULL,                  -- the whole signal as JSON
  PRIMARY KEY (session, ordinal)
) STRICT, WITHOUT ROWID;

-- The local answer for a session, as JSON; its version is that of the session row.
CREATE TABLE diagnosis (
  session INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
  body TEXT NOT NULL
) STRICT;

-- A team server the analyst added. The token is kept elsewhere.
CREATE TABLE server (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  project TEXT NOT NULL,
  name TEXT NOT NULL,
  history TEXT NOT NULL,               -- the server's history the cursor belongs to
  cursor INTEGER NOT NULL,             -- the server's sequence number applied last
  added_at REAL NOT NULL,
  last_sync_at REAL,
  last_error TEXT
) STRICT, WITHOUT ROWID;

-- Sessions whose file may hold bytes that no row names yet: looked at after a crash, so that nothing is fetched twice.
CREATE TABLE writing (
  key TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Sessions of a server the analyst deleted: later chunks of them are not fetched.
CREATE TABLE forgotten (
  key TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

const FINDINGS = `
-- Which session has which finding, for asking where else the same cause was met; remade with the diagnosis.
CREATE TABLE finding (
  session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  fingerprint TEXT NOT NULL,
  started_at REAL NOT NULL,            -- of the session, so that the index alone gives the newest
  PRIMARY KEY (session, fingerprint)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_alike ON finding (fingerprint, started_at, session);
`;

const MARKS = `
ALTER TABLE session ADD COLUMN notes INTEGER NOT NULL DEFAULT 0;   -- how many rows of note it has
ALTER TABLE session ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));

-- What analysts wrote at a moment of a session. Cannot be made again from recordings.
CREATE TABLE note (
  id TEXT PRIMARY KEY,                 -- random; the same in every library the note is carried to
  session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  at REAL NOT NULL,                    -- ms since epoch on the session's clock
  end_at REAL,
  text TEXT NOT NULL,
  created_at REAL NOT NULL,
  updated_at REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX note_session ON note (session, at, id);

CREATE TABLE tag (
  session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (session, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_name ON tag (name, session);
`;

const FACETS = `
-- What the library filters and sorts by beside the facts; set when a session is diagnosed.
ALTER TABLE session ADD COLUMN outcome TEXT;                       -- verdict of the first finding, or nothing-wrong
ALTER TABLE session ADD COLUMN fault TEXT;
ALTER TABLE session ADD COLUMN browser TEXT;
ALTER TABLE session ADD COLUMN frustration_score INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN frustration_kinds TEXT NOT NULL DEFAULT '{}';  -- JSON: how many of each kind
ALTER TABLE session ADD COLUMN activity TEXT NOT NULL DEFAULT '[]';           -- JSON: how busy, in equal parts of its length
UPDATE session SET facts_version = 0;

CREATE INDEX session_frustration_score ON session (frustration_score, id);
-- Everything that filters, facets and most orders look at, so that they read this and not the rows.
CREATE INDEX session_facets ON session (started_at, duration_ms, events, clicks, errors, failed_requests, frustrations,
  frustration_score, notes, pinned, bytes, source, release, outcome, fault, browser, state, user, search);

-- Sessions that are about to be deleted and can still be brought back: in no list. Emptied at each start.
CREATE TABLE hidden (
  session INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE
) STRICT;
`;

const MODELS = `
-- The endpoint that may be asked, at most one. Its key is kept elsewhere.
CREATE TABLE model (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  base_url TEXT NOT NULL,
  name TEXT NOT NULL,
  privacy TEXT NOT NULL CHECK (privacy IN ('local-only', 'redacted'))
) STRICT;

-- What was sent to a model about a session, and what came back. Cannot be made again.
CREATE TABLE transcript (
  session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  at REAL NOT NULL,                    -- when it was sent
  id TEXT NOT NULL,
  body TEXT NOT NULL,                  -- the whole transcript as JSON
  PRIMARY KEY (session, at, id)
) STRICT, WITHOUT ROWID;
`;

const SERVERS = `
ALTER TABLE server ADD COLUMN label TEXT;                          -- what the analyst calls it; null for the project's own name
ALTER TABLE server ADD COLUMN paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1));  -- nothing is asked of it
`;

/** The library's schema, step by step. Released steps are never edited. */
export const LIBRARY_MIGRATIONS: readonly Migration[] = [
  { version: 10, name: 'sessions, chunks, facts, servers', sql: FIRST },
  { version: 20, name: 'findings by fingerprint', sql: FINDINGS },
  { version: 30, name: 'notes, tags, pins', sql: MARKS },
  { version: 40, name: 'what the library filters by, sessions about to be deleted', sql: FACETS },
  { version: 50, name: 'model and transcripts', sql: MODELS },
  { version: 51, name: 'names and pauses of servers', sql: SERVERS },
];
