import { z } from 'zod';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { WriteDb } from '../../../shared/node/sqlite.ts';
import { writeMeta } from './meta-table.ts';

const AccountEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('history'), id: z.string() }),
  z.object({ kind: z.literal('project'), id: z.string(), name: z.string(), createdAt: z.number() }),
  z.object({
    kind: z.literal('credential'),
    hash: z.string().length(64),
    project: z.string(),
    opens: z.enum(['write', 'read']),
    createdAt: z.number(),
  }),
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
        'INSERT INTO credential (hash, project, kind, created_at) VALUES (?, ?, ?, ?)',
        Buffer.from(event.hash, 'hex'),
        event.project,
        event.opens,
        event.createdAt,
      );
  }
}

/** Empties what the entries made. */
export function forgetAccounts(db: WriteDb): void {
  db.exec(
    "DELETE FROM credential; DELETE FROM project; DELETE FROM meta WHERE name IN ('history', 'applied:accounts')",
  );
}
