import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../setup/checkout.ts';
import { findChromium } from '../setup/find-chromium.ts';

/** Where a corpus of foreign recordings lies when nothing else is said: beside the checkout. */
const RECORDINGS = join(CHECKOUT, '..', 'shared', 'recordings');

/** What the tests find in their environment, whoever runs them. */
export function testEnvironment(notices: string, env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const chromium = findChromium(env);
  const recordings = env.TRACEFLOW_RECORDINGS ?? (existsSync(RECORDINGS) ? RECORDINGS : null);
  return {
    TRACEFLOW_NOTICES: notices,
    ...(chromium ? { TRACEFLOW_CHROMIUM: chromium } : {}),
    ...(recordings ? { TRACEFLOW_RECORDINGS: recordings } : {}),
  };
}
