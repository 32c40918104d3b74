import { z } from 'zod';
import type { ReadDb } from '../../../shared/node/sqlite.ts';
import { ScrubRules } from '../../../shared/wire/scrub.ts';
import type { CredentialRecord, ProjectRecord } from '../storage.ts';

type CredentialRow = Omit<CredentialRecord, 'origins'> & { readonly origins: string };

const CREDENTIAL = `SELECT hash, project, kind, created_at AS createdAt, role, label, origins, expires_at AS expiresAt,
  revoked_at AS revokedAt FROM credential`;

const PROJECT = 'SELECT id, name, created_at AS createdAt, retention_days AS retentionDays FROM project';

const Origins = z.array(z.string());
const toCredential = (row: CredentialRow): CredentialRecord => ({
  ...row,
  origins: Origins.parse(JSON.parse(row.origins)),
});

/** The secret with this hash, also when it was revoked or has expired. */
export function findCredential(db: ReadDb, hash: Buffer): CredentialRecord | undefined {
  const row = db.get<CredentialRow>(`${CREDENTIAL} WHERE hash = ?`, hash);
  return row && toCredential(row);
}

/** Every secret, oldest first. */
export const listCredentials = (db: ReadDb): CredentialRecord[] =>
  db.all<CredentialRow>(`${CREDENTIAL} ORDER BY created_at, hash`).map(toCredential);

/** The project with this id. */
export const findProject = (db: ReadDb, id: string): ProjectRecord | undefined =>
  db.get<ProjectRecord>(`${PROJECT} WHERE id = ?`, id);

/** Every project, oldest first. */
export const listProjects = (db: ReadDb): ProjectRecord[] =>
  db.all<ProjectRecord>(`${PROJECT} ORDER BY created_at, id`);

/** What is taken out of a project's batches; null when nothing is. */
export function findScrubRules(db: ReadDb, project: string): ScrubRules | null {
  const row = db.get<{ rules: string | null }>('SELECT scrub_rules AS rules FROM project WHERE id = ?', project);
  return row?.rules ? ScrubRules.parse(JSON.parse(row.rules)) : null;
}
