import { cpSync, existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { DisplayOwner } from '../display/virtual-display.ts';
import { CHECKOUT } from '../setup/checkout.ts';
import { type Runtime, runtimeEnv } from '../setup/runtime.ts';
import { homeEnv, makeScratch } from './e2e-scratch.ts';
import { canSandbox, e2eUser } from './e2e-user.ts';
import { readableBy } from './readable-copy.ts';
import { ownPlace, type VitestPlace } from './run-vitest.ts';

/** Where e2e tests run, and what to do when they have. */
export interface E2ePlace extends VitestPlace {
  /** Set when the tests prove less than they could: Chromium's sandbox is off. */
  readonly notice: string | null;
  /** Brings pictures and other results into the checkout and removes what was made for the run. */
  finish(): void;
}

/** Variables that name files outside of the checkout for the tests to read. */
const OUTSIDE = ['TRACEFLOW_RECORDINGS', 'TRACEFLOW_PACKAGE'];

function ownE2ePlace(env: Readonly<Record<string, string>>, notice: string | null): E2ePlace {
  const results = join(CHECKOUT, 'test-results');
  mkdirSync(results, { recursive: true });
  return { ...ownPlace({ ...env, TRACEFLOW_TEST_RESULTS: results }), notice, finish: () => undefined };
}

/** Our Node lies in the checkout and moves with it; the system's is where everyone finds it. */
function nodeIn(root: string): string {
  const own = relative(realpathSync(CHECKOUT), process.execPath);
  return own.startsWith('..') ? process.execPath : join(root, own);
}

function readableRuntime(owner: DisplayOwner, runtime: Runtime, scratch: string): Runtime {
  const folder = readableBy(owner, dirname(runtime.executable), scratch);
  const binding = runtime.nativeBinding && readableBy(owner, runtime.nativeBinding, scratch);
  return { ...runtime, executable: join(folder, basename(runtime.executable)), nativeBinding: binding };
}

function otherUsersPlace(owner: DisplayOwner, runtime: Runtime, env: Readonly<Record<string, string>>): E2ePlace {
  const scratch = makeScratch(owner);
  const root = readableBy(owner, CHECKOUT, scratch);
  const node = nodeIn(root);
  const reachable = readableRuntime(owner, runtime, scratch);
  const runtimeFile = join(scratch, 'runtime.json');
  writeFileSync(runtimeFile, JSON.stringify(reachable), { mode: 0o644 });
  const outside = Object.fromEntries(
    OUTSIDE.flatMap((name) => {
      const path = env[name] ?? process.env[name];
      return path && existsSync(path) ? [[name, readableBy(owner, path, scratch)]] : [];
    }),
  );
  const tools = { PATH: `${dirname(node)}:${process.env.PATH ?? ''}`, TRACEFLOW_RUNTIME: runtimeFile };
  return {
    root,
    node,
    owner,
    scratch: join(scratch, 'vitest'),
    env: { ...env, ...homeEnv(scratch), ...outside, ...runtimeEnv(reachable), ...tools },
    notice: null,
    finish: () => {
      cpSync(join(scratch, 'results'), join(CHECKOUT, 'test-results'), { recursive: true });
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/**
 * Decides who runs the e2e tests. Root hands them to a throw-away user, so that Chromium's sandbox is on; where that cannot
 * be, they run as they are and say so.
 */
export function prepareE2ePlace(runtime: Runtime, env: Readonly<Record<string, string>>): E2ePlace {
  const own = { ...env, ...runtimeEnv(runtime) };
  if (process.platform !== 'linux') return ownE2ePlace(own, null);
  if (process.getuid?.() !== 0) {
    if (canSandbox()) return ownE2ePlace(own, null);
    return ownE2ePlace(
      { ...own, TRACEFLOW_NO_SANDBOX: '1' },
      "e2e ran without Chromium's sandbox: this user may not make user namespaces",
    );
  }
  const owner = e2eUser();
  if (!owner) return ownE2ePlace(own, "e2e ran as root without Chromium's sandbox: no other user could be made");
  if (!canSandbox(owner)) {
    return ownE2ePlace(own, "e2e ran as root without Chromium's sandbox: user namespaces are not allowed here");
  }
  return otherUsersPlace(owner, runtime, own);
}
