import { pino } from 'pino';
import type { ServerLog } from '../log.ts';

/** JSON lines on standard error, so that standard output stays for results. */
export const errorLog = (): ServerLog => pino({ name: 'traceflow-server' }, pino.destination({ dest: 2, sync: true }));
