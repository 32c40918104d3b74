import { messageOf } from '../../shared/lib/app-error.ts';
import { SERVER_VERSION } from '../package-version.ts';
import type { Storage } from '../storage/storage.ts';
import { HttpProblem, sendJson } from './http-problem.ts';
import type { Exchange } from './route.ts';

/** `GET /v1/health`: 200 while batches are taken, 503 with the reason when only a restart helps. Says nothing of any project. */
export const createHealthRoute =
  (storage: Pick<Storage, 'checkHealth'>) =>
  async ({ response }: Exchange): Promise<void> => {
    try {
      await storage.checkHealth();
    } catch (error) {
      throw new HttpProblem(503, 'internal', messageOf(error));
    }
    sendJson(response, 200, { status: 'ok', version: SERVER_VERSION });
  };
