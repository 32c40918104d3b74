import { join } from 'node:path';

/** The folder of the checkout. */
export const CHECKOUT = join(import.meta.dirname, '..', '..');
