import { type AddedKey, addKey, initProject, type NewKey, type NewProject } from '../../../../server/admin/index.ts';
import { createServer, type RunningServer } from '../../../../server/app.ts';
import type { Limits } from '../../../../server/limits.ts';
import { temporaryFolder } from './server-process.ts';

/** A server within the test's own process, and how to make projects in its folder. */
export interface InsideServer {
  readonly url: string;
  readonly dir: string;
  readonly routes: RunningServer['routes'];
  /** What it reported: level and message. */
  readonly reports: readonly string[];
  project(name: string): Promise<NewProject>;
  addKey: (input: NewKey) => Promise<AddedKey>;
  /** See `RunningServer`. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** The program as a module, for its processor thread. */
const PROGRAM = new URL('../../../../server/main.ts', import.meta.url);

/** Starts one in a folder of its own, or in `dir`, which then is not removed. */
export async function startInside(
  options: {
    readonly dir?: string;
    readonly limits?: Partial<Limits>;
    readonly sdkFile?: string;
    readonly clock?: () => number;
    /** With a processor in a thread of its own, as the program has it. */
    readonly processor?: boolean;
  } = {},
): Promise<InsideServer> {
  const folder = options.dir === undefined ? await temporaryFolder() : { dir: options.dir, remove: async () => {} };
  const clock = options.clock ?? Date.now;
  const reports: string[] = [];
  const note = (level: string) => (_fields: object, message: string) => {
    reports.push(`${level} ${message}`);
  };
  const log = { debug: () => {}, info: note('info'), warn: note('warn'), error: note('error') };
  const { dir } = folder;
  const server = await createServer({
    dir,
    clock,
    log,
    sdkFile: options.sdkFile,
    limits: options.limits ?? {},
    ...(options.processor ? { processor: PROGRAM } : {}),
  });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    dir,
    routes: server.routes,
    reports,
    project: (name) => initProject({ dir, clock }, { name }),
    addKey: (input) => addKey({ dir, clock }, input),
    settle: () => server.settle(),
    async close() {
      await server.close();
      await folder.remove();
    },
  };
}
