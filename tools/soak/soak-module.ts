import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHECKOUT } from '../setup/checkout.ts';

/** What one step of a soak is given. */
export interface StepContext {
  /** The seed of this very step: the same one repeats it. */
  readonly seed: number;
  /** How many steps came before it, over all runs. */
  readonly index: number;
  /** A folder that outlasts the run, for what a soak carries from step to step. */
  readonly folder: string;
}

/** What a step did. */
export interface StepOutcome {
  /** Things to count, added up over all steps: sessions imported, seeks compared. */
  readonly counts: Readonly<Record<string, number>>;
  /** What was found wrong, with enough to look for the cause. */
  readonly failures?: readonly string[];
}

/** What `test/soak/NAME.soak.ts` exports as its default: work in steps of seconds, each repeatable by its seed. */
export interface Soak {
  readonly name: string;
  /** One sentence: what is exercised and what counts as a failure. */
  readonly what: string;
  readonly step: (context: StepContext) => Promise<StepOutcome>;
  /** Called once at the end of a run, for instance to close an app. */
  readonly finish?: () => Promise<void>;
}

const FOLDER = join(CHECKOUT, 'test', 'soak');
const ENDING = '.soak.ts';

/** The names of the soaks that exist. */
export function soakNames(folder: string = FOLDER): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
}

/** Loads a soak by name. @throws when its module is not one */
export async function loadSoak(name: string, folder: string = FOLDER): Promise<Soak> {
  const module = (await import(pathToFileURL(join(folder, `${name}${ENDING}`)).href)) as { default?: Soak };
  if (module.default?.name !== name || typeof module.default.step !== 'function') {
    throw new Error(`${name}${ENDING} does not export a soak named "${name}"`);
  }
  return module.default;
}
