import { AppError } from '../../shared/lib/app-error.ts';

/** What a file may inflate to: recordings shrink 10 to 60 times, a bomb 1,000 times. */
const MAX_RATIO = 300;
const FREE_BYTES = 64 * 1024 ** 2;

/** Bytes a file of `bytes` may inflate to, all that is in it together. */
export const inflatedCap = (bytes: number): number => Math.max(FREE_BYTES, bytes * MAX_RATIO);

/** @returns a count of inflated bytes. It throws AppError `too-large` above the cap of a file of `bytes`. */
export function createInflationCount(bytes: number): (inflated: number) => void {
  let left = inflatedCap(bytes);
  return (inflated) => {
    left -= inflated;
    if (left < 0) throw new AppError('too-large', 'it inflates to far more than a recording does');
  };
}
