import type { ServerInfo } from '../../../shared/ipc/engine-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { Secrets } from '../secrets.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import { reasoned } from './request-failure.ts';
import type { Patience } from './retry.ts';
import { createServerClient, type ServerClient } from './server-client.ts';

/** Name under which a server's token is kept. */
export const tokenName = (id: string): string => `server:${id}:token`;

/** A server that is known here, and the way to it. */
export interface Connection {
  readonly server: ServerInfo;
  readonly client: ServerClient;
}

/** The servers that are known here, each with its token. */
export interface Connections {
  /** @throws AppError `not-found` when the server was removed, `unauthorized` when its token is gone. */
  open(id: string): Promise<Connection>;
  /** For one question that is not asked again by itself. @throws AppError. */
  once<T>(id: string, work: (connection: Connection) => Promise<T>): Promise<T>;
}

/** @param deps.patience how much a server is put up with. */
export function createConnections(deps: {
  readonly store: Pick<Remote<Store>, 'servers'>;
  readonly secrets: Secrets;
  readonly fetch: typeof fetch;
  readonly patience: Patience;
}): Connections {
  async function open(id: string): Promise<Connection> {
    const server = (await deps.store.servers()).find((one) => one.id === id);
    if (!server) throw new AppError('not-found', 'This server was removed. Add it again to sync from it.');
    const token = await deps.secrets.get(tokenName(id));
    if (token === null) throw new AppError('unauthorized', `The token of ${server.url} is gone. Add the server again.`);
    const { answerMs } = deps.patience;
    return { server, client: createServerClient({ fetch: deps.fetch, url: server.url, token, answerMs }) };
  }
  return { open, once: async (id, work) => reasoned(work(await open(id))) };
}
