import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killAppWhileImporting } from '../../support/kills/kill-app.ts';
import { createRandom } from '../../support/shop-random.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'traceflow-bad-input-'));

test('the app, killed while it imports, is where it was when it comes back, with all it had', async () => {
  expect(await killAppWhileImporting(folder(), createRandom(7))).toEqual({
    counts: { 'kills: app while it imports': 1 },
    failures: [],
  });
});
