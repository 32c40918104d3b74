import { z } from 'zod';
import { SessionKey } from '../model/identity.ts';
import { read, write } from './call.ts';
import { Job } from './job.ts';

const path = z.string().min(1).max(4096);

/**
 * Calls with paths and secrets, made only by the shell and the CLI on the analyst's word (a dialog, a drop, an
 * argument): the window cannot name a file.
 */
export const privilegedCalls = {
  'import.files': write(z.object({ paths: z.array(path).min(1).max(1000) }), z.object({ jobId: z.string() })),
  'export.session': write(
    z.object({ keys: z.array(SessionKey).min(1).max(1000), path }),
    z.object({ jobId: z.string() }),
  ),
  'jobs.wait': read(z.object({ jobId: z.string() }), Job),
} as const;
export type PrivilegedCalls = typeof privilegedCalls;
