import { expect, test } from 'vitest';
import { consequenceOf } from '../../../tools/dev/consequence.ts';

test.each([
  [[], 'nothing'],
  [['server'], 'nothing'],
  [['renderer'], 'reload'],
  [['frame', 'renderer', 'server'], 'reload'],
  [['renderer', 'main'], 'restart'],
  [['preload'], 'restart'],
  [['sdk'], 'restart'],
])('after a build of %j the app does: %s', (built, consequence) => expect(consequenceOf(built)).toBe(consequence));
