import { PATHS } from '../../shared/wire/change.ts';
import { Scrubbing } from '../../shared/wire/scrub.ts';
import { sendJson } from '../http/http-problem.ts';
import { readJson } from '../http/read-json.ts';
import type { Exchange, Route } from '../http/route.ts';
import type { Accounts } from '../storage/storage.ts';

/** What is taken out of a project's batches: to be seen by all who read them, and set by admins. */
export function scrubRoutes(accounts: Pick<Accounts, 'scrubRules' | 'setScrubRules'>, clock: () => number): Route[] {
  const send = async ({ response }: Exchange, project: string): Promise<void> =>
    sendJson(response, 200, { rules: await accounts.scrubRules(project) } satisfies Scrubbing);
  return [
    {
      method: 'GET',
      path: PATHS.scrubbing,
      access: 'viewer',
      handle: (exchange, { project }) => send(exchange, project),
    },
    {
      method: 'POST',
      path: PATHS.scrubbing,
      access: 'admin',
      handle: async (exchange, { project, token }) => {
        const { rules } = await readJson(Scrubbing, exchange.request);
        await accounts.setScrubRules({ project, rules, at: clock() }, token);
        await send(exchange, project);
      },
    },
  ];
}
