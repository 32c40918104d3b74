import { AppError } from '../../../shared/lib/app-error.ts';

/** The way out for a file of another kind. */
export const OURS = 'Open rrweb events (JSON, NDJSON or a gzip of them) or a .traceflow file';

/** @param what completes "it is ...". */
export const notOurs = (what: string): AppError => new AppError('unsupported', `it is ${what}. ${OURS}`);
