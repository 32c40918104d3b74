import { initProject, snippet } from '../../../server/admin/index.ts';
import { createServer, type RunningServer } from '../../../server/app.ts';
import type { LocalServerHost, LocalServerOptions } from './local-server-api.ts';

/** The team server on loopback, as it lives in its thread; `close` finishes what was accepted. */
export function createLocalServerHost(options: LocalServerOptions): LocalServerHost & { close(): Promise<void> } {
  const { dir, nativeBinding } = options;
  let running: RunningServer | null = null;

  return {
    start: async ({ port, writeKey }) => {
      const created =
        writeKey === null
          ? await initProject({ dir, clock: Date.now, nativeBinding }, { name: 'This computer' })
          : null;
      const server = await createServer({
        dir,
        clock: Date.now,
        log: stderrLog,
        nativeBinding,
        ...(options.sdkFile ? { sdkFile: options.sdkFile } : {}),
      });
      running = server;
      const { url } = await listenNear(server, port);
      return {
        url,
        port: Number(new URL(url).port),
        snippet: snippet({ url, writeKey: created?.writeKey ?? writeKey ?? '' }),
        created: created && { project: created.project, writeKey: created.writeKey, readToken: created.readToken },
      };
    },
    close: async () => {
      await running?.close();
      running = null;
    },
  };
}

/** The port of last time keeps pasted snippets working; when someone else has it, any free one is taken. */
function listenNear(server: RunningServer, port: number | null): Promise<{ readonly url: string }> {
  const anyPort = { host: '127.0.0.1', port: 0 };
  if (port === null) return server.listen(anyPort);
  return server.listen({ host: '127.0.0.1', port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return server.listen(anyPort);
    throw error;
  });
}

const line = (level: string) => (fields: object, message: string) => {
  process.stderr.write(`${JSON.stringify({ level, part: 'local-server', message, ...fields })}\n`);
};
const stderrLog = { debug: () => undefined, info: () => undefined, warn: line('warn'), error: line('error') };
