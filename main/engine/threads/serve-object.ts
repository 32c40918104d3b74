import type { MessagePort } from 'node:worker_threads';
import { AppError } from '../../../shared/lib/app-error.ts';
import { toWireError } from '../../../shared/lib/result.ts';
import { workerPort } from '../../../shared/node/worker-port.ts';
import { serve } from '../../../shared/rpc/rpc.ts';

type Methods = Readonly<Record<string, (input: never) => unknown>>;

/**
 * Serves the methods of an object to the thread that started this worker. `close` is answered like any other, then the
 * port is let go and the thread ends by itself.
 * @param make called once; when it throws, every call answers with that error.
 */
export function serveObject<T extends object>(port: MessagePort, make: () => T): void {
  let api: Methods = {};
  let failure: unknown = null;
  try {
    api = make() as unknown as Methods;
  } catch (error) {
    failure = error; // answered to each call
  }
  serve(workerPort(port), async (name, input) => {
    try {
      if (failure !== null && name !== 'close') throw failure;
      const method = Object.hasOwn(api, name) ? api[name] : undefined;
      if (!method && name !== 'close') throw new AppError('bad-request', `There is no method named "${name}".`);
      return { ok: true, value: await method?.(input as never) };
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    } finally {
      // The answer is posted before the port closes: both go through the same queue.
      if (name === 'close') setImmediate(() => port.close());
    }
  });
}
