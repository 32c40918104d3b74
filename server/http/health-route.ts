import { messageOf } from '../../shared/lib/app-error.ts';
import { SERVER_VERSION } from '../package-version.ts';
import type { Storage } from '../storage/storage.ts';
import { HttpProblem, sendJson } from './http-problem.ts';
import type { Exchange } from './route.ts';

/** `GET /healthz`: 200 as long as the process answers at all. */
export const sendAlive = async ({ response }: Exchange): Promise<void> => sendJson(response, 200, { status: 'ok' });

/**
 * `GET /readyz` and `GET /v1/health`: 200 while batches are taken, 503 with the reason when the server is stopping or only a
 * restart helps. Says nothing of any project.
 */
export const createReadyRoute =
  (storage: Pick<Storage, 'checkHealth'>, isStopping: () => boolean) =>
  async ({ response }: Exchange): Promise<void> => {
    if (isStopping()) throw new HttpProblem(503, 'stopping', 'The server is stopping. Use another one.');
    try {
      await storage.checkHealth();
    } catch (error) {
      throw new HttpProblem(503, 'internal', messageOf(error));
    }
    sendJson(response, 200, { status: 'ok', version: SERVER_VERSION });
  };
