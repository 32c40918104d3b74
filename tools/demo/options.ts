import { parseArgs } from 'node:util';
import { FAULTS, type Fault } from '../../test/fixtures/shop/faults.ts';

/** What the demo is asked for. */
export interface DemoOptions {
  /** Visits of each kind. */
  readonly seeds: number;
  /** Only this kind of visit: a fault, null for healthy ones, undefined for all. */
  readonly only: Fault | null | undefined;
  /** Where everything is kept afterwards; without it a temporary folder is used and removed. */
  readonly keep: string | undefined;
  /** One JSON object a line instead of text. */
  readonly json: boolean;
}

/** How the demo is called. */
export const USAGE = `Usage: npm start -- --headless-demo [--seeds N] [--only NAME] [--keep DIR] [--json]

Records visits of a demo shop in Chromium, syncs them, stops the server and diagnoses each visit offline.

  --seeds N    visits of each kind (1 to 100; 1 when left out)
  --only NAME  one of healthy, ${FAULTS.join(', ')}
  --keep DIR   keep server and library in DIR
  --json       one JSON object a line`;

const MAX_SEEDS = 100;

/** @throws Error saying which option is not right. */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '1' },
      only: { type: 'string' },
      keep: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const seeds = Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > MAX_SEEDS) {
    throw new Error(`--seeds must be a whole number from 1 to ${MAX_SEEDS}, not "${values.seeds}".`);
  }
  return { seeds, only: kindOf(values.only), keep: values.keep, json: values.json };
}

function kindOf(name: string | undefined): DemoOptions['only'] {
  if (name === undefined) return undefined;
  if (name === 'healthy') return null;
  const fault = FAULTS.find((known) => known === name);
  if (fault === undefined) throw new Error(`--only must be healthy or one of ${FAULTS.join(', ')}, not "${name}".`);
  return fault;
}
