import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHECKOUT } from '../setup/checkout.ts';

/** One figure as a bench yields it. */
export interface Figure {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** What it was measured against, with its version. */
  readonly peer?: string;
  /** How many runs the figure is the median of. */
  readonly runs: number;
}

/** What `test/bench/NAME.bench.ts` exports as its default. */
export interface Bench {
  readonly name: string;
  /** Metrics it prints; without it, those of the table of goals. */
  readonly metrics?: readonly string[];
  /** @param options.quick fewer or smaller runs: to see that it works, not to quote */
  readonly run: (options: { readonly quick: boolean }) => AsyncIterable<Figure>;
}

const FOLDER = join(CHECKOUT, 'test', 'bench');
const ENDING = '.bench.ts';

/** The names of the benches that exist. */
export function benchNames(folder: string = FOLDER): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
}

/** Loads a bench by name. @throws when its module is not one */
export async function loadBench(name: string, folder: string = FOLDER): Promise<Bench> {
  const module = (await import(pathToFileURL(join(folder, `${name}${ENDING}`)).href)) as { default?: Bench };
  if (module.default?.name !== name || typeof module.default.run !== 'function') {
    throw new Error(`${name}${ENDING} does not export a bench named "${name}"`);
  }
  return module.default;
}
