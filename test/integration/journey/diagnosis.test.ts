import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFact } from '../../../shared/facts/index.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import { chunkText } from '../../../shared/node/gunzip.ts';
import { FAULTS } from '../../fixtures/shop/faults.ts';
import { type DiagnosedVisit, recordAndDiagnose } from '../../support/shop-diagnosis.ts';
import { allRuns } from '../../support/shop-journey.ts';
import { sized } from '../../support/size.ts';

/** Seconds a visit may take on a busy machine. */
const PATIENCE_S = 60;
const seeds = Array.from({ length: sized(1) }, (_, index) => index + 1);
const runs = allRuns(seeds);

const dir = mkdtempSync(join(tmpdir(), 'traceflow-diagnosis-'));
let results: readonly DiagnosedVisit[] = [];
const signals = new Map<string, readonly Signal[]>();
/** Everything recorded of a session, as text. */
const recorded = new Map<string, string>();

// shop -> Chromium with SDK -> server -> sync -> server stopped -> library
beforeAll(
  async () => {
    results = await recordAndDiagnose({
      dir,
      runs,
      use: async (engine, diagnosed) => {
        for (const { row, visit } of diagnosed) {
          const chunks = await engine.call('recording.chunks', { key: row.key });
          const texts = chunks.map(async ({ index }) =>
            chunkText(await engine.call('recording.chunk', { key: row.key, index })),
          );
          signals.set(visit.session, await engine.call('recording.signals', { key: row.key }));
          recorded.set(visit.session, (await Promise.all(texts)).join('\n'));
        }
      },
    });
  },
  runs.length * PATIENCE_S * 1000,
);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const of = (kind: string): DiagnosedVisit[] => results.filter(({ visit }) => (visit.fault ?? 'healthy') === kind);

test.each([...FAULTS, 'healthy'])('%s is diagnosed as what it is, with the server stopped', (kind) => {
  expect(of(kind)).toHaveLength(seeds.length);
  expect(of(kind).map(({ visit, mistake }) => ({ seed: visit.seed, mistake }))).toEqual(
    seeds.map((seed) => ({ seed, mistake: null })),
  );
});

/** A link may stand on nothing only where it says that there is nothing. */
const ABSENCE = /^(No|Nothing|The recording ends)\b/;

test('every link of a chain stands on recorded events, or tells of an absence', () => {
  const links = results.flatMap(({ diagnosis, visit }) =>
    diagnosis.findings.flatMap(({ chain }) => chain.map((link) => ({ kind: visit.fault, ...link }))),
  );
  const bare = links
    .filter(({ events, text }) => events.length === 0 && !ABSENCE.test(text))
    .map(({ kind, role, text }) => `${kind} ${role} ${text}`);
  expect(bare).toEqual([]);
});

test('the shop’s server tells its side: each answer within the request it answers, and why paying failed', () => {
  for (const { visit, diagnosis, row } of results) {
    const all = signals.get(visit.session) ?? [];
    const answers = all.filter((signal) => isFact(signal, 'backend'));
    expect(answers.length).toBeGreaterThan(3);
    for (const answer of answers) {
      const { page, type } = answer.details;
      const asked = all.find(
        (one) =>
          isFact(one, 'request') && one.events[0]?.generation === page?.generation && one.details.id === page?.request,
      );
      expect(asked, `${answer.text} was asked for`).toBeDefined();
      // A request that the page gave up is over for it before the server has even seen it.
      if (type !== 'request' || asked?.endAt === undefined || asked.details.failure !== null) continue;
      expect(answer.at).toBeGreaterThanOrEqual(asked.at - 1);
      expect(answer.at).toBeLessThanOrEqual(asked.endAt + 1);
    }
    // The page began before the server was asked anything, and the session is as long as the page says.
    expect(row.startedAt).toBe(Math.min(...all.map(({ at }) => at)));
    if (visit.fault !== 'pay-500') continue;
    expect(diagnosis.findings[0]?.chain.map(({ role }) => role).slice(0, 4)).toEqual([
      'action',
      'request',
      'backend',
      'response',
    ]);
    expect(diagnosis.findings[0]?.chain[2]?.text).toContain('No answer from the card processor');
  }
});

test('no recording holds the name of its fault or anything the visitor typed', () => {
  for (const { visit } of results) {
    const text = recorded.get(visit.session) ?? '';
    const { name, email, street, card } = visit.visitor.address;
    const holds = (words: readonly string[]): string[] => words.filter((word) => text.includes(word));
    expect(holds(['Morrow Goods', 'Picked for today', 'Search the shop'])).toHaveLength(3);
    expect(holds([...FAULTS, name, email, street, card, visit.visitor.password])).toEqual([]);
  }
});

test('the library shows whose visit went wrong', () => {
  for (const { row, diagnosis, visit } of results) {
    expect(row.notice).toBeNull();
    expect(row.verdict).toBe(diagnosis.summary);
    expect(row.release).toBe('shop-3.4.1');
    if (visit.fault === 'pay-500') expect(row.failedRequests).toBeGreaterThan(0);
  }
});
