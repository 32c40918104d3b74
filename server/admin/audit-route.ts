import type { Caller } from '../auth/bearer.ts';
import { sendJson } from '../http/http-problem.ts';
import type { Exchange } from '../http/route.ts';
import type { Accounts } from '../storage/storage.ts';

/** `GET /v1/audit`: who changed what in the project of the token. */
export const createAuditRoute =
  (accounts: Pick<Accounts, 'audit'>) =>
  async ({ response }: Exchange, { project }: Caller): Promise<void> =>
    sendJson(response, 200, await accounts.audit(project));
