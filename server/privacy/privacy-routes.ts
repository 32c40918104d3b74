import { PATHS } from '../../shared/wire/change.ts';
import { HoldChange, HoldList, Retention, Subject } from '../../shared/wire/privacy.ts';
import type { Caller } from '../auth/bearer.ts';
import { sendJson } from '../http/http-problem.ts';
import { readJson } from '../http/read-json.ts';
import type { Exchange, Route } from '../http/route.ts';
import type { Accounts } from '../storage/storage.ts';
import { createExportRoute } from './export-route.ts';
import type { Privacy } from './privacy.ts';

/** What the privacy routes need. */
export interface PrivacyRouteDeps {
  readonly privacy: Privacy;
  readonly accounts: Pick<Accounts, 'holds' | 'setHold' | 'setRetention' | 'findProject'>;
  readonly clock: () => number;
  /** Folder for exports on their way out. */
  readonly exportsDir: string;
}

/** Erasure, holds and retention, for admins of a project. Whose data it is stands in bodies, never in addresses that get logged. */
export function privacyRoutes({ privacy, accounts, clock, exportsDir }: PrivacyRouteDeps): Route[] {
  const sendHolds = async ({ response }: Exchange, project: string): Promise<void> =>
    sendJson(response, 200, HoldList.parse({ sessions: await accounts.holds(project) }));
  const sendRetention = async ({ response }: Exchange, project: string): Promise<void> => {
    const found = await accounts.findProject(project);
    sendJson(response, 200, { days: found?.retentionDays ?? null } satisfies Retention);
  };
  return [
    {
      method: 'POST',
      path: PATHS.erasures,
      access: 'admin',
      handle: async ({ request, response }: Exchange, { project, token }: Caller) =>
        sendJson(response, 200, await privacy.erase(project, await readJson(Subject, request), token)),
    },
    { method: 'POST', path: PATHS.exports, access: 'admin', handle: createExportRoute(privacy, exportsDir) },
    {
      method: 'GET',
      path: PATHS.holds,
      access: 'viewer',
      handle: (exchange, { project }) => sendHolds(exchange, project),
    },
    {
      method: 'POST',
      path: PATHS.holds,
      access: 'admin',
      handle: async (exchange, { project, token }) => {
        const { session, isOn } = await readJson(HoldChange, exchange.request);
        await accounts.setHold({ project, session, isOn, at: clock() }, token);
        await sendHolds(exchange, project);
      },
    },
    {
      method: 'GET',
      path: PATHS.retention,
      access: 'viewer',
      handle: (exchange, { project }) => sendRetention(exchange, project),
    },
    {
      method: 'POST',
      path: PATHS.retention,
      access: 'admin',
      handle: async (exchange, { project, token }) => {
        const { days } = await readJson(Retention, exchange.request);
        await accounts.setRetention({ project, days, at: clock() }, token);
        await privacy.applyRetention();
        await sendRetention(exchange, project);
      },
    },
  ];
}
