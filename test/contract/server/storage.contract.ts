import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CredentialRecord, credentialId, type NewBatch, type Storage } from '../../../server/storage/storage.ts';
import { annotationsAndAssets } from './annotations-and-assets.ts';
import { batch, bodyOf, sha256 } from './new-batch.ts';

/** A place for one storage, and how to open it: again and again, with what is in it. */
export interface StorageHarness {
  open(): Promise<Storage>;
  dispose(): Promise<void>;
}

/** What every storage of a server has to do. */
export function storageContract(name: string, createHarness: () => Promise<StorageHarness>): void {
  describe(`storage: ${name}`, () => {
    let harness: StorageHarness;
    let storage: Storage;

    beforeEach(async () => {
      harness = await createHarness();
      storage = await harness.open();
    });
    afterEach(async () => {
      await storage.close();
      await harness.dispose();
    });

    const reopen = async (): Promise<void> => {
      await storage.close();
      storage = await harness.open();
    };
    const bytesOf = async (project: string, seq: number): Promise<Buffer | undefined> => {
      const chunk = await storage.findChunk(project, seq);
      return chunk?.read(0, chunk.bytes);
    };

    test('an empty one has nothing, and a history of its own', async () => {
      expect(await storage.readChanges('p1', 0, 10)).toEqual({ changes: [], head: 0 });
      expect(await storage.findChunk('p1', 1)).toBeUndefined();
      expect(storage.history).toMatch(/^.{1,64}$/);
    });

    test('a batch comes back as it was, also after opening again', async () => {
      const kept = batch({ body: bodyOf(Buffer.from('[1'), Buffer.from(',2]')) });
      expect(await storage.appendBatch(kept)).toEqual({ outcome: 'stored', next: 10 });
      const { history } = storage;
      for (const again of [false, true]) {
        if (again) await reopen();
        const { changes, head } = await storage.readChanges('p1', 0, 10);
        expect(changes).toEqual([
          {
            seq: head,
            kind: 'chunk',
            session: 's1',
            window: 'w1',
            generation: 'g1',
            firstSeq: 0,
            count: 10,
            fromAt: 1000,
            toAt: 2000,
            skewMs: 500,
            receivedAt: 3500,
            bytes: 5,
            sha256: kept.body.sha256.toString('hex'),
          },
        ]);
        expect((await bytesOf('p1', head))?.toString()).toBe('[1,2]');
        const chunk = await storage.findChunk('p1', head);
        expect((await chunk?.read(1, 3))?.toString()).toBe('1,2');
        expect((await chunk?.read(3, 100))?.toString()).toBe('2]');
        expect(storage.history).toBe(history);
      }
    });

    test('a repeat changes nothing; other bytes under the same identity are refused and change nothing', async () => {
      const kept = batch();
      await storage.appendBatch(kept);
      const before = await storage.readChanges('p1', 0, 10);
      for (const again of [false, true]) {
        if (again) await reopen();
        expect(await storage.appendBatch({ ...kept, receivedAt: 9999 })).toEqual({ outcome: 'duplicate', next: 10 });
        expect(await storage.appendBatch(batch())).toEqual({ outcome: 'conflict', next: 10 });
        expect(await storage.readChanges('p1', 0, 10)).toEqual(before);
      }
    });

    test('of equal batches that arrive at once one is kept; of contradicting ones the first', async () => {
      const kept = batch();
      const outcomes = await Promise.all([kept, kept, batch(), kept].map((one) => storage.appendBatch(one)));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['stored', 'duplicate', 'conflict', 'duplicate']);
      expect((await storage.readChanges('p1', 0, 10)).changes).toHaveLength(1);
    });

    test('each part of the identity counts', async () => {
      const others: Partial<NewBatch>[] = [
        {},
        { project: 'p2' },
        { session: 's2' },
        { window: 'w2' },
        { generation: 'g2' },
        { first: 10 },
        { count: 11 },
      ];
      for (const over of others) expect((await storage.appendBatch(batch(over))).outcome).toBe('stored');
      expect((await storage.readChanges('p1', 0, 100)).changes).toHaveLength(6);
      expect((await storage.readChanges('p2', 0, 100)).changes).toHaveLength(1);
    });

    test('a project sees its own only', async () => {
      await storage.appendBatch(batch());
      await storage.appendBatch(batch({ project: 'p2' }));
      const [mine] = (await storage.readChanges('p1', 0, 10)).changes;
      const [theirs] = (await storage.readChanges('p2', 0, 10)).changes;
      expect(await bytesOf('p1', mine?.seq ?? 0)).toBeDefined();
      expect(await bytesOf('p1', theirs?.seq ?? 0)).toBeUndefined();
      expect((await storage.readChanges('p1', 0, 10)).head).toBe(mine?.seq);
      expect(await storage.readChanges('nobody', 0, 10)).toEqual({ changes: [], head: 0 });
    });

    test('the feed can be read in pages of any size', async () => {
      const all = Array.from({ length: 17 }, (_, at) => batch({ first: at * 10 }));
      await Promise.all(all.map((one) => storage.appendBatch(one)));
      for (const limit of [1, 5, 17, 100]) {
        const seen: number[] = [];
        let cursor = 0;
        for (;;) {
          const { changes, head } = await storage.readChanges('p1', cursor, limit);
          if (changes.length === 0) {
            expect(cursor).toBe(head);
            break;
          }
          expect(changes.length).toBeLessThanOrEqual(limit);
          seen.push(...changes.flatMap((change) => (change.kind === 'chunk' ? [change.firstSeq] : [])));
          cursor = changes.at(-1)?.seq ?? 0;
        }
        expect(seen.toSorted((a, b) => a - b)).toEqual(all.map(({ first }) => first));
      }
    });

    test('whatever order and cuts batches come in, "next" is the first event that is missing', async () => {
      const range = fc.record({ first: fc.nat({ max: 30 }), count: fc.integer({ min: 1, max: 12 }) });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(range, { maxLength: 15 }), async (ranges) => {
          const generation = `run${++run}`;
          const have = new Set<number>();
          for (const { first, count } of ranges) {
            for (let seq = first; seq < first + count; seq += 1) have.add(seq);
            let missing = 0;
            while (have.has(missing)) missing += 1;
            const body = bodyOf(Buffer.from(`${first}+${count}`));
            const { next } = await storage.appendBatch(batch({ generation, first, count, body }));
            expect(next).toBe(missing);
          }
        }),
        { numRuns: 25 },
      );
    });

    const secret = (over: Partial<CredentialRecord> = {}) => ({
      hash: randomBytes(32),
      project: 'p1',
      kind: 'read' as const,
      createdAt: 6,
      role: 'admin' as const,
      label: 'Ann',
      origins: [],
      expiresAt: null,
      ...over,
    });

    test('projects and secrets are kept with all that is said of them', async () => {
      const { accounts } = storage;
      await accounts.addProject({ id: 'p1', name: 'Shop', createdAt: 5 }, 'command');
      const token = secret({ expiresAt: 77 });
      const key = secret({ kind: 'write', role: null, origins: ['https://shop.example'], createdAt: 7 });
      for (const one of [token, key]) await accounts.addCredential(one, 'command');
      await expect(accounts.addCredential(secret({ project: 'p9' }), 'command')).rejects.toThrow('p9');
      await reopen();
      expect(await storage.accounts.projects()).toEqual([
        { id: 'p1', name: 'Shop', createdAt: 5, retentionDays: null },
      ]);
      expect(await storage.accounts.findProject('p2')).toBeUndefined();
      expect(await storage.accounts.findCredential(token.hash)).toEqual({ ...token, revokedAt: null });
      expect(await storage.accounts.findCredential(randomBytes(32))).toBeUndefined();
      expect(await storage.accounts.credentials('p1')).toEqual(
        [token, key].map((one) => ({ ...one, revokedAt: null })),
      );
      expect(await storage.accounts.credentials('p2')).toEqual([]);
    });

    test('a revoked secret stays known as revoked, and each change shows in the revision', async () => {
      const { accounts } = storage;
      const revisions = [await accounts.revision()];
      const note = async (): Promise<void> => {
        revisions.push(await accounts.revision());
      };
      await accounts.addProject({ id: 'p1', name: 'Shop', createdAt: 5 }, 'command');
      await note();
      const token = secret();
      await accounts.addCredential(token, 'command');
      await note();
      await accounts.revokeCredential(credentialId(token.hash), 99, 'someone');
      await note();
      await accounts.revokeCredential(credentialId(token.hash), 100, 'someone else');
      await expect(accounts.revokeCredential('000000000000', 99, 'someone')).rejects.toThrow('000000000000');
      expect(new Set(revisions).size).toBe(revisions.length);
      await reopen();
      expect((await storage.accounts.findCredential(token.hash))?.revokedAt).toBe(99);
    });

    test('the audit log tells who did what, each project its own, and holds no secret', async () => {
      const { accounts } = storage;
      const token = secret();
      await accounts.addProject({ id: 'p1', name: 'Shop', createdAt: 5 }, 'command');
      await accounts.addProject({ id: 'p2', name: 'Other', createdAt: 5 }, 'command');
      await accounts.addCredential(token, 'command');
      await accounts.revokeCredential(credentialId(token.hash), 99, 'someone');
      await reopen();
      const { entries, intact } = await storage.accounts.audit('p1');
      expect(intact).toBe(true);
      expect(entries.map(({ at, by, what, about }) => [at, by, what, about])).toEqual([
        [5, 'command', 'project made', 'p1'],
        [6, 'command', 'admin token made', credentialId(token.hash)],
        [99, 'someone', 'revoked', credentialId(token.hash)],
      ]);
      expect((await storage.accounts.audit()).entries).toHaveLength(5);
      expect(JSON.stringify(entries)).not.toContain(token.hash.toString('hex'));
    });

    test('holds and retention are kept, and noted in the audit log', async () => {
      const { accounts } = storage;
      await accounts.addProject({ id: 'p1', name: 'Shop', createdAt: 5 }, 'command');
      await accounts.setHold({ project: 'p1', session: 's1', isOn: true, at: 6 }, 'someone');
      await accounts.setHold({ project: 'p1', session: 's2', isOn: true, at: 7 }, 'someone');
      await accounts.setHold({ project: 'p1', session: 's1', isOn: false, at: 8 }, 'someone');
      await accounts.setRetention({ project: 'p1', days: 30, at: 9 }, 'someone');
      await accounts.noteDeed({ project: 'p1', deed: 'exported', sessions: 3, at: 10 }, 'someone');
      await reopen();
      expect(await storage.accounts.holds('p1')).toEqual(['s2']);
      expect((await storage.accounts.findProject('p1'))?.retentionDays).toBe(30);
      const { entries, intact } = await storage.accounts.audit('p1');
      expect(intact).toBe(true);
      expect(entries.slice(1).map(({ what, about }) => `${what} ${about}`)).toEqual([
        'hold placed s1',
        'hold placed s2',
        'hold lifted s1',
        'retention set 30 days',
        'exported 3 sessions',
      ]);
    });

    test('of an erased session a tombstone is left, others keep every byte, and it takes no more', async () => {
      const generations = ['g1', 'g2'];
      const batches = generations.flatMap((generation) =>
        ['gone', 'stays'].flatMap((session) =>
          Array.from({ length: 12 }, (_, at) => batch({ session, generation, first: at * 10 })),
        ),
      );
      for (const one of batches) await storage.appendBatch(one);
      await storage.appendBatch(batch({ session: 'gone' })); // set aside
      const before = (await storage.readChanges('p1', 0, 1000)).changes;
      const head = before.at(-1)?.seq ?? 0;
      await storage.eraseSessions('p1', ['gone', 'never-came'], { reason: 'erased', at: 77 });
      await storage.eraseSessions('p1', ['gone'], { reason: 'expired', at: 78 });
      for (const again of [false, true]) {
        if (again) await reopen();
        const { changes, head: now } = await storage.readChanges('p1', 0, 1000);
        const tombstones = changes.filter((change) => change.kind === 'erased');
        expect(tombstones.map(({ session, reason, erasedAt }) => [session, reason, erasedAt])).toEqual([
          ['gone', 'erased', 77],
          ['never-came', 'erased', 77],
        ]);
        expect(tombstones.every(({ seq }) => seq > head)).toBe(true);
        expect(now).toBe(tombstones.at(-1)?.seq);
        expect(changes.filter(({ kind }) => kind === 'chunk')).toEqual(
          before.filter(({ session }) => session === 'stays'),
        );
        for (const change of before) {
          const bytes = await bytesOf('p1', change.seq);
          if (change.session === 'gone') expect(bytes).toBeUndefined();
          else expect(change.kind === 'chunk' && sha256(bytes ?? Buffer.alloc(0)) === change.sha256).toBe(true);
        }
        for (const session of ['gone', 'never-came'])
          expect(await storage.appendBatch(batch({ session, first: 5000 }))).toEqual({ outcome: 'erased', next: 0 });
        expect(await storage.erasedSessions()).toEqual([
          { project: 'p1', session: 'gone' },
          { project: 'p1', session: 'never-came' },
        ]);
      }
      expect((await storage.appendBatch(batch({ session: 'gone', project: 'p2' }))).outcome).toBe('stored');
      const seqs = (await storage.readChanges('p2', 0, 10)).changes.map(({ seq }) => seq);
      expect(seqs[0]).toBeGreaterThan(head);
    });

    test('the feed with tombstones can be read in pages of any size', async () => {
      for (let at = 0; at < 9; at += 1) {
        await storage.appendBatch(batch({ session: `s${at}` }));
        if (at % 3 === 2) await storage.eraseSessions('p1', [`s${at - 1}`], { reason: 'expired', at });
      }
      const whole = (await storage.readChanges('p1', 0, 1000)).changes;
      expect(whole).toHaveLength(9);
      for (const limit of [1, 2, 5]) {
        const seen: unknown[] = [];
        for (let cursor = 0; ; ) {
          const { changes } = await storage.readChanges('p1', cursor, limit);
          if (changes.length === 0) break;
          seen.push(...changes);
          cursor = changes.at(-1)?.seq ?? 0;
        }
        expect(seen).toEqual(whole);
      }
    });

    test('what is old is found by its newest batch', async () => {
      await storage.appendBatch(batch({ session: 'old', receivedAt: 100 }));
      await storage.appendBatch(batch({ session: 'long', receivedAt: 100 }));
      await storage.appendBatch(batch({ session: 'long', first: 10, receivedAt: 900 }));
      await storage.appendBatch(batch({ session: 'older', receivedAt: 50 }));
      expect(await storage.sessionsBefore('p1', 500, 10)).toEqual(['older', 'old']);
      expect(await storage.sessionsBefore('p1', 500, 1)).toEqual(['older']);
      expect(await storage.sessionsBefore('p2', 5000, 10)).toEqual([]);
    });

    annotationsAndAssets({ storage: () => storage, reopen });

    test('closing finishes what was accepted', async () => {
      const answers = Array.from({ length: 20 }, (_, at) => storage.appendBatch(batch({ first: at * 10 })));
      await Promise.resolve();
      await reopen();
      expect((await Promise.all(answers)).every(({ outcome }) => outcome === 'stored')).toBe(true);
      expect((await storage.readChanges('p1', 0, 100)).changes).toHaveLength(20);
    });
  });
}
