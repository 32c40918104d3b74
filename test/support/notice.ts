import { appendFileSync } from 'node:fs';

/**
 * Says that this machine cannot provide what a test needs, so that the test proves less than it could. `npm test`
 * gathers, prints and counts these lines; a test must never skip in silence.
 */
export function notice(text: string): void {
  console.log(`notice: ${text}`);
  const file = process.env.TRACEFLOW_NOTICES;
  if (file) appendFileSync(file, `${text}\n`);
}
