import { createHash } from 'node:crypto';
import type { Body } from '../storage.ts';

/** Of a record that says all in its metadata. */
export const NO_BODY: Body = { parts: [], bytes: 0, sha256: createHash('sha256').digest() };
