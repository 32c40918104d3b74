import type { AuditLog } from '../../shared/wire/access.ts';
import { type AdminDeps, withAccounts } from './open-admin.ts';

/** The audit log of a folder, of one project or of all. */
export const readAudit = (deps: AdminDeps, project?: string): Promise<AuditLog> =>
  withAccounts(deps, false, (accounts) => accounts.audit(project));
