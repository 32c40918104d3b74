import { join } from 'node:path';
import { app } from 'electron';

/** Where the built parts and the shipped resources lie, in a checkout and in an installed app alike. */
export interface AppPaths {
  readonly preload: string;
  readonly workbench: string;
  readonly frame: string;
  readonly engine: string;
  readonly workers: string;
  readonly sdk: string;
  readonly demo: string;
}

/** @param out folder of the build (`out/`). */
export function appPaths(out: string): AppPaths {
  const resources = app.isPackaged ? process.resourcesPath : join(out, '..', 'resources');
  return {
    preload: join(out, 'preload', 'preload.cjs'),
    workbench: join(out, 'renderer'),
    frame: join(out, 'frame'),
    engine: join(out, 'main', 'engine-process.js'),
    workers: join(out, 'main', 'workers'),
    sdk: join(out, 'sdk', 'traceflow.js'),
    demo: join(resources, 'demo'),
  };
}
