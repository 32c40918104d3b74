import { z } from 'zod';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { Role } from '../../../shared/wire/access.ts';
import { ScrubRules } from '../../../shared/wire/scrub.ts';
import { Deed } from '../storage.ts';
import { writeMeta } from './meta-table.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Who wrote an entry, and the hash of the one before it. Entries from before the audit log have neither. */
const written = { by: z.string().optional(), prev: hash.optional() };

const AccountEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('history'), id: z.string(), at: z.number().optional(), ...written }),
  z.object({ kind: z.literal('project'), id: z.string(), name: z.string(), createdAt: z.number(), ...written }),
  z.object({
    kind: z.literal('credential'),
    hash,
    project: z.string(),
    opens: z.enum(['write', 'read']),
    createdAt: z.number(),
    role: Role.optional(),
    label: z.string().optional(),
    origins: z.array(z.string()).optional(),
    expiresAt: z.number().optional(),
    ...written,
  }),
  z.object({
    kind: z.literal('hold'),
    project: z.string(),
    session: z.string(),
    isOn: z.boolean(),
    at: z.number(),
    ...written,
  }),
  z.object({
    kind: z.literal('retention'),
    project: z.string(),
    days: z.number().int().positive().nullable(),
    at: z.number(),
    ...written,
  }),
  z.object({
    kind: z.literal('scrub'),
    project: z.string(),
    rules: ScrubRules.nullable(),
    at: z.number(),
    ...written,
  }),
  z.object({
    kind: z.literal('deed'),
    project: z.string(),
    deed: Deed,
    sessions: z.number().int(),
    at: z.number(),
    ...written,
  }),
  z.object({ kind: z.literal('revoked'), hash, project: z.string(), at: z.number(), ...written }),
]);

/** One entry of the accounts journal. */
export type AccountEvent = z.infer<typeof AccountEvent>;

/** @throws AppError `unsupported` for an entry of a newer version. */
export function parseAccountEvent(text: string): AccountEvent {
  const parsed = AccountEvent.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new AppError(
    'unsupported',
    'The accounts were written by a newer version. Install the newer server to open them.',
  );
}

/** Brings the index up to an entry. */
export function applyAccountEvent(db: WriteDb, event: AccountEvent): void {
  switch (event.kind) {
    case 'history':
      writeMeta(db, 'history', event.id);
      return;
    case 'project':
      db.run('INSERT INTO project (id, name, created_at) VALUES (?, ?, ?)', event.id, event.name, event.createdAt);
      return;
    case 'credential':
      db.run(
        `INSERT INTO credential (hash, project, kind, created_at, role, label, origins, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        Buffer.from(event.hash, 'hex'),
        event.project,
        event.opens,
        event.createdAt,
        event.opens === 'read' ? (event.role ?? 'viewer') : null,
        event.label ?? '',
        JSON.stringify(event.origins ?? []),
        event.expiresAt ?? null,
      );
      return;
    case 'hold':
      if (event.isOn)
        db.run(
          'INSERT OR IGNORE INTO hold (project, session, since) VALUES (?, ?, ?)',
          event.project,
          event.session,
          event.at,
        );
      else db.run('DELETE FROM hold WHERE project = ? AND session = ?', event.project, event.session);
      return;
    case 'retention':
      db.run('UPDATE project SET retention_days = ? WHERE id = ?', event.days, event.project);
      return;
    case 'scrub':
      db.run(
        'UPDATE project SET scrub_rules = ? WHERE id = ?',
        event.rules === null ? null : JSON.stringify(event.rules),
        event.project,
      );
      return;
    case 'deed':
      return; // an entry of the audit log and nothing else
    case 'revoked':
      db.run('UPDATE credential SET revoked_at = ? WHERE hash = ?', event.at, Buffer.from(event.hash, 'hex'));
  }
}

/** Empties what the entries made. */
export function forgetAccounts(db: WriteDb): void {
  db.exec(
    "DELETE FROM credential; DELETE FROM project; DELETE FROM hold; DELETE FROM meta WHERE name IN ('history', 'applied:accounts', 'link:accounts')",
  );
}
