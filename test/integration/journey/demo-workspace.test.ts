import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineClient } from '../../../main/cli/engine-client.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import { FAULTS } from '../../fixtures/shop/faults.ts';
import { openWorkstation } from '../../support/shop-diagnosis.ts';
import { mistakeIn } from '../../support/shop-verdict.ts';

const WORKSPACE = resolve(import.meta.dirname, '../../../resources/demo/demo.traceflow');
const HEALTHY = 3;

const dir = mkdtempSync(join(tmpdir(), 'traceflow-demo-test-'));
let engine: EngineClient;
let rows: readonly SessionRow[] = [];
beforeAll(async () => {
  engine = await openWorkstation(dir);
  const { jobId } = await engine.privileged('import.files', { paths: [WORKSPACE] });
  await engine.finish(jobId, () => undefined);
  rows = (await engine.call('sessions.list', {})).rows;
});
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

test('the demo workspace opens whole', () => {
  expect(rows).toHaveLength(FAULTS.length + HEALTHY);
  expect(rows.map(({ notice }) => notice)).toEqual(rows.map(() => null));
});

test('today it is diagnosed as it was: each fault once, and nothing wrong in healthy visits', async () => {
  const diagnoses = await Promise.all(rows.map(({ key }) => engine.call('recording.diagnosis', { key })));
  const right = (fault: (typeof FAULTS)[number] | null): number =>
    diagnoses.filter((diagnosis) => mistakeIn(diagnosis, fault) === null).length;
  expect(FAULTS.map(right)).toEqual(FAULTS.map(() => 1));
  expect(right(null)).toBe(HEALTHY);
});
