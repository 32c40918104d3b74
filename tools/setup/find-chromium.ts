import { findProgram } from './find-program.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const;

/** The browser that tests record pages in: `TRACEFLOW_CHROMIUM`, else one on the PATH; null when there is none. */
export const findChromium = (env: NodeJS.ProcessEnv = process.env): string | null =>
  env.TRACEFLOW_CHROMIUM || findProgram(NAMES, env.PATH ?? '');
