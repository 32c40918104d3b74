import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preview } from '../../../sdk/web/src/capture/preview.ts';
import { PLUGIN } from '../../../sdk/web/src/captured.ts';
import { CAPTURED } from '../../../shared/model/captured.ts';

describe('preview', () => {
  it('is bounded and never throws, whatever is logged', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSet: true,
          withTypedArray: true,
        }),
        (value) => {
          expect(preview(value).length).toBeLessThanOrEqual(1_000);
        },
      ),
    );
  });

  it('shows cycles and depth as such', () => {
    const loop: unknown[] = [1];
    loop.push(loop, { a: { b: { c: { d: 1 } } } });
    expect(preview(loop)).toBe('[1, [circular], {a: {b: {…}}}]');
  });
});

it('the plugin names of the SDK are those of the model', () => {
  expect(PLUGIN).toEqual(CAPTURED);
});
