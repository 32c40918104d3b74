import { AppError } from '../../shared/lib/app-error.ts';
import type { ServerLog } from '../log.ts';
import { createPrivacy, type Privacy } from '../privacy/privacy.ts';
import { openDerived } from '../process/derived-store.ts';
import { processOnDemand } from '../process/processing.ts';
import { openChunkReader } from '../storage/embedded/chunk-reader.ts';
import { openEmbeddedStorage } from '../storage/embedded/embedded-storage.ts';
import { type AdminDeps, assertFolder } from './open-admin.ts';

/**
 * Runs `body` on the folder of a stopped server.
 * @throws AppError `conflict` while a server runs on it: that one has to be asked, since only it may write there.
 */
export async function withPrivacy<T>(
  deps: AdminDeps & { readonly log: ServerLog },
  body: (privacy: Privacy) => Promise<T>,
): Promise<T> {
  const { dir, clock, nativeBinding, log } = deps;
  assertFolder(dir);
  const storage = await openEmbeddedStorage({ dir, clock, nativeBinding, log }).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    throw new AppError(
      'conflict',
      `A server is running on ${dir}. Ask it (POST /v1/erasures or /v1/exports with an admin's token), or stop it first.`,
      { cause: error },
    );
  });
  const derived = openDerived(dir, nativeBinding);
  try {
    await derived.erase(await storage.erasedSessions());
    const processing = processOnDemand({ dir, nativeBinding, log, clock, store: derived, head: () => storage.head() });
    const openReader = () => openChunkReader(dir, nativeBinding);
    return await body(createPrivacy({ storage, derived, processing, openReader, clock }));
  } finally {
    derived.close();
    await storage.close();
  }
}
