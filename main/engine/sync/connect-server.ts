import type { ServerCheck } from '../../../shared/ipc/engine-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { ProjectInfo } from '../../../shared/wire/change.ts';
import type { Connections } from '../server-client/connections.ts';
import { reasoned } from '../server-client/request-failure.ts';
import { PATIENCE } from '../server-client/retry.ts';
import { createServerClient } from '../server-client/server-client.ts';
import { isLoopback, serverUrl } from '../server-client/server-url.ts';

/** What the analyst typed. */
export interface ServerAddress {
  readonly url: string;
  readonly token: string;
}

/** Asks a server who it is. @throws AppError with the reason it cannot be used. */
export async function askServer(
  fetchFrom: typeof fetch,
  address: ServerAddress,
  signal: AbortSignal,
): Promise<{ url: string; project: ProjectInfo }> {
  const url = serverUrl(address.url);
  const token = address.token.trim();
  if (token.startsWith('tfw_'))
    throw new AppError(
      'bad-request',
      'This is a write key, which pages send with. Paste the read token, which begins with tfr_.',
    );
  if (!/^[\x21-\x7e]+$/.test(token)) throw new AppError('bad-request', 'Paste the read token that the server printed.');
  const client = createServerClient({ fetch: fetchFrom, url, token, answerMs: PATIENCE.answerMs });
  return { url, project: await reasoned(client.ask('project', {}, signal)) };
}

/** The verdict on a server that is known here; like a test, it never fails. */
export async function checkServer(connections: Connections, id: string, signal: AbortSignal): Promise<ServerCheck> {
  try {
    const project = await connections.once(id, ({ client }) => client.ask('project', {}, signal));
    const verdict = `"${project.name}" answers: version ${project.serverVersion}, ${project.head} changes so far.`;
    return { works: true, verdict, role: project.role ?? null, expiresAt: project.expiresAt ?? null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { works: false, verdict: error.message, role: null, expiresAt: null };
  }
}

/** The verdict of a connection test; asking never fails, the verdict says how it went. */
export async function testServer(
  fetchFrom: typeof fetch,
  address: ServerAddress,
  signal: AbortSignal,
): Promise<{ reachable: boolean; verdict: string; project: ProjectInfo | null }> {
  try {
    const { url, project } = await askServer(fetchFrom, address, signal);
    const open = url.startsWith('http:') && !isLoopback(url);
    const warning = open ? ' The connection is not encrypted: others in the network can read the token.' : '';
    return {
      reachable: true,
      verdict: `Connected to "${project.name}", ${project.head} changes so far.${warning}`,
      project,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { reachable: error.code === 'unauthorized', verdict: error.message, project: null };
  }
}
