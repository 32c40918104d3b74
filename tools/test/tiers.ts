import { runChecks } from '../check/run-checks.ts';
import { startVirtualDisplay } from '../display/virtual-display.ts';
import { findProgram } from '../setup/find-program.ts';
import { resolveRuntime, runtimeEnv } from '../setup/runtime.ts';
import { prepareE2ePlace } from './e2e-place.ts';
import type { NoticeBox } from './notices.ts';
import { ownPlace, runVitest, type VitestPlace } from './run-vitest.ts';
import { sumOf, type Tally } from './tally.ts';
import { installedProgram, makeTestPackage, unpackPackage } from './test-package.ts';

/** What every tier is given. */
export interface TierRun {
  readonly env: Readonly<Record<string, string>>;
  readonly notices: NoticeBox;
  readonly filter?: string;
}

/** A part of the test suite that can be run by itself. */
export type Tier = (run: TierRun) => Promise<Tally>;

/** Whether real browsers and processes get a second try: only where nobody watches. */
const SECOND_TRY = Boolean(process.env.CI);

const inThisProcess =
  (projects: readonly string[], secondTry = false): Tier =>
  ({ env, filter }) =>
    runVitest(projects, ownPlace({ ...env, ...runtimeEnv(resolveRuntime()) }), filter, secondTry);

/** Runs `tests` where Chromium lets us have its sandbox, with a screen, and cleans up after them. */
async function inE2ePlace({ env, notices }: TierRun, tests: (place: VitestPlace) => Promise<Tally>): Promise<Tally> {
  const place = prepareE2ePlace(resolveRuntime(), env);
  if (place.notice) notices.add(place.notice);
  const display = process.platform === 'linux' ? await startVirtualDisplay(place.owner) : null;
  try {
    return await tests(display ? { ...place, env: { ...place.env, DISPLAY: display.name } } : place);
  } finally {
    display?.stop();
    place.finish();
  }
}

/** The built app in real Electron. */
const inElectron: Tier = (run) => inE2ePlace(run, (place) => runVitest(['e2e'], place, run.filter, SECOND_TRY));

/** The app as it is installed: taken apart, driven, and attacked with the hostile recordings. */
async function inPackage(run: TierRun): Promise<Tally> {
  if (!findProgram(['dpkg-deb'])) {
    run.notices.add('the package was not tested: this machine has no dpkg-deb');
    return { name: 'package', passed: 0, failed: 0, skipped: 0 };
  }
  const deb = makeTestPackage(resolveRuntime());
  return await inE2ePlace({ ...run, env: { ...run.env, TRACEFLOW_PACKAGE: deb } }, async (place) => {
    const root = unpackPackage(place.env.TRACEFLOW_PACKAGE ?? deb, place.scratch);
    const env = {
      ...place.env,
      TRACEFLOW_PACKAGE_ROOT: root,
      TRACEFLOW_E2E_EXECUTABLE: installedProgram(root),
      TRACEFLOW_SQLITE_BINDING: '', // an installed app has only what was packed
    };
    const own = await runVitest(['package'], { ...place, env }, run.filter, SECOND_TRY);
    if (run.filter) return own;
    const hostile = await runVitest(['e2e'], { ...place, env }, 'test/e2e/hostile/app', SECOND_TRY);
    return sumOf('package', [own, hostile]);
  });
}

/** Everything, in the order in which a mistake is found soonest. */
export const TIERS: ReadonlyMap<string, Tier> = new Map<string, Tier>([
  ['check', () => runChecks()],
  ['unit', inThisProcess(['unit', 'contract'])],
  ['integration', inThisProcess(['integration'], SECOND_TRY)],
  ['e2e', inElectron],
  ['package', inPackage],
]);
