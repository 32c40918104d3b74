import { z } from 'zod';

/**
 * Imported first by the window's entry: zod compiles validators with `new Function` unless told not to, and the
 * window's Content-Security-Policy refuses (and reports) that. It must be set before any schema is made.
 */
z.config({ jitless: true });
