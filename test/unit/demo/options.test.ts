import { expect, test } from 'vitest';
import { readOptions } from '../../../tools/demo/options.ts';

test('without options: one visit of each kind, in a folder that goes away', () => {
  expect(readOptions([])).toEqual({ seeds: 1, only: undefined, keep: undefined, json: false });
});

test('all options', () => {
  const args = ['--seeds', '10', '--only', 'slow-pay', '--keep', 'here', '--json'];
  expect(readOptions(args)).toEqual({ seeds: 10, only: 'slow-pay', keep: 'here', json: true });
  expect(readOptions(['--only', 'healthy']).only).toBeNull();
});

test.each([
  [['--seeds', '0'], /--seeds/],
  [['--seeds', '1.5'], /--seeds/],
  [['--seeds', 'many'], /--seeds/],
  [['--only', 'nothing'], /--only/],
  [['--other'], /--other/],
  [['file'], /file/],
])('%j is refused by name', (args, says) => {
  expect(() => readOptions(args)).toThrow(says);
});
