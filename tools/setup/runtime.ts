import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CHECKOUT } from './checkout.ts';

/** The Electron that this checkout runs in, as the set-up found or made it. */
export interface Runtime {
  readonly executable: string;
  /** Electron's version, like "33.2.1". */
  readonly version: string;
  /** The highest Node-API version it offers. */
  readonly napi: number;
  /** The SQLite binding compiled for it; null when the shipped one loads. */
  readonly nativeBinding: string | null;
}

/** Where the set-up notes the runtime. The e2e runner points elsewhere when its user cannot read the usual places. */
export const runtimeFile = (env: NodeJS.ProcessEnv = process.env): string =>
  env.TRACEFLOW_RUNTIME || join(CHECKOUT, 'node_modules', '.traceflow-runtime.json');

/** The noted runtime, or null when there is none or a part of it has gone. */
export function notedRuntime(): Runtime | null {
  if (!existsSync(runtimeFile())) return null;
  const runtime = JSON.parse(readFileSync(runtimeFile(), 'utf8')) as Runtime;
  const parts = runtime.nativeBinding ? [runtime.executable, runtime.nativeBinding] : [runtime.executable];
  return parts.every((part) => existsSync(part)) ? runtime : null;
}

/** The runtime for tools and tests. @throws when the set-up has not run */
export function resolveRuntime(): Runtime {
  const runtime = notedRuntime();
  if (!runtime) throw new Error('no Electron runtime is set up; run: npm run setup -- test');
  return runtime;
}

/** What a process needs in its environment so that the app, electron-vite and Playwright use this runtime. */
export const runtimeEnv = (runtime: Runtime): Record<string, string> => ({
  ELECTRON_OVERRIDE_DIST_PATH: dirname(runtime.executable),
  ELECTRON_EXEC_PATH: runtime.executable,
  ...(runtime.nativeBinding ? { TRACEFLOW_SQLITE_BINDING: runtime.nativeBinding } : {}),
});

/** Switches for a machine without a graphics card: real pictures and WebGL from the CPU, no failing GPU process. */
export const SOFTWARE_RENDERING = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
] as const;
