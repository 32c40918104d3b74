import { StorageFullError } from '../storage/storage.ts';
import { HttpProblem } from './http-problem.ts';

/** What the sender is told of an error; of one that is the server's own, only that. */
export function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof StorageFullError) {
    return new HttpProblem(507, 'storage-full', error.message, { 'retry-after': '60' });
  }
  return new HttpProblem(500, 'internal', 'The server failed to do this. Its log says why.');
}
