import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSpool } from '../../../../sdk/node/src/transport/spool.ts';
import type { Batch } from '../../../../sdk/web/src/transport/batch.ts';

const fail = (error: unknown): never => {
  throw error;
};

test('what was sent is not read again, although its file could not be removed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'traceflow-spool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const place = { session: 's', window: 'w', generation: 'g' };
  const batch: Batch = { place, first: 0, events: ['{}'], chars: 2, fromAt: 1, toAt: 1 };
  createSpool(folder, Date.now, fail).keep([batch]);
  const [name = ''] = readdirSync(folder);
  const bytes = readFileSync(join(folder, name));
  const next = createSpool(folder, Date.now, fail);
  const [found] = next.others([]);
  if (!found) throw new Error('The batch is not in the spool.');
  next.forget(found);
  writeFileSync(join(folder, name), bytes); // a folder that does not let go of it
  expect(next.others([])).toEqual([]);
});
