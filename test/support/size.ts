/**
 * How much a test with random input does: `normal` in `npm test`, as many times more as TRACEFLOW_TEST_SCALE says.
 * @throws when that is not a number above 0.
 */
export function sized(normal: number): number {
  const scale = Number(process.env.TRACEFLOW_TEST_SCALE ?? '1');
  if (!(scale > 0)) throw new Error('TRACEFLOW_TEST_SCALE has to be a number above 0.');
  return Math.max(1, Math.round(normal * scale));
}
