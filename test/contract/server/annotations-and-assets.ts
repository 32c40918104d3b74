import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Storage } from '../../../server/storage/storage.ts';
import { SessionId } from '../../../shared/model/identity.ts';
import { type Annotation, itemOf } from '../../../shared/wire/annotation.ts';
import { batch, bodyOf, sha256 } from './new-batch.ts';

/** The storage of the test that runs; another one after each opening. */
export interface StoragePlace {
  storage(): Storage;
  reopen(): Promise<void>;
}

/** What every storage does with what workstations and pages add to sessions. */
export function annotationsAndAssets(place: StoragePlace): void {
  test('of one item the annotation that was edited last stands, whatever order they come in; the rest is told why not', async () => {
    for (const session of ['s1', 's2']) await place.storage().appendBatch(batch({ session }));
    const write = fc.record({
      session: fc.constantFrom('s1', 's2', 'never-came'),
      name: fc.constantFrom('slow', 'paid'),
      kind: fc.constantFrom('tag' as const, 'label' as const),
      // Beyond the server's clock (50), as from one that is ahead.
      editedAt: fc.integer({ min: 0, max: 60 }),
      isOn: fc.boolean(),
    });
    const model = new Map<string, Annotation>();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(write, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), async (pushes) => {
        const sent = pushes.map((push) =>
          push.map(({ session, name, kind, editedAt, isOn }) => {
            const written = { session: SessionId.parse(session), editedAt, name };
            return kind === 'tag'
              ? ({ kind, ...written, isOn } as const)
              : ({ kind, ...written, value: isOn ? 'yes' : null } as const);
          }),
        );
        const got = await Promise.all(
          sent.map((annotations) => place.storage().annotate(annotations, { project: 'p1', by: 'Ann', at: 50 })),
        );
        for (const [at, push] of sent.entries())
          for (const [place, one] of push.entries()) {
            const item = `${one.session} ${itemOf(one)}`;
            const stands = { ...one, editedAt: Math.min(50, one.editedAt) };
            const known = model.get(item);
            const wanted =
              one.session === 'never-came' ? 'unknown' : known && known.editedAt > stands.editedAt ? 'older' : 'stored';
            expect(got[at]?.[place]).toBe(wanted);
            if (wanted === 'stored') model.set(item, stands);
          }
      }),
      { numRuns: 30 },
    );
    await place
      .storage()
      .annotate([{ kind: 'tag', session: SessionId.parse('s1'), editedAt: 1, name: 'theirs', isOn: true }], {
        project: 'p2',
        by: 'Bo',
        at: 50,
      });
    for (const again of [false, true]) {
      if (again) await place.reopen();
      const standing = await place.storage().readAnnotations('p1', 0, 1000);
      expect(
        new Map(standing.map(({ annotation }) => [`${annotation.session} ${itemOf(annotation)}`, annotation])),
      ).toEqual(model);
      expect(standing.every(({ by, receivedAt }) => by === 'Ann' && receivedAt === 50)).toBe(true);
      const { changes, head } = await place.storage().readChanges('p1', 0, 1000, { annotations: true });
      expect(changes.filter(({ kind }) => kind === 'annotation')).toEqual(standing);
      expect(changes.map(({ seq }) => seq)).toEqual(changes.map(({ seq }) => seq).sort((a, b) => a - b));
      expect(head).toBe(changes.at(-1)?.seq);
      expect((await place.storage().readChanges('p1', 0, 1000)).changes.every(({ kind }) => kind === 'chunk')).toBe(
        true,
      );
    }
    await place.storage().eraseSessions('p1', ['s1'], { reason: 'erased', at: 60 });
    expect((await place.storage().readAnnotations('p1', 0, 1000)).every(({ session }) => session === 's2')).toBe(true);
    expect((await place.storage().appendBatch(batch({ session: 's3' }))).outcome).toBe('stored');
    const seqs = (await place.storage().readChanges('p1', 0, 1000, { annotations: true })).changes.map(
      ({ seq }) => seq,
    );
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  test('assets are kept once a project until the last session that names them is erased, and cost no sequence number twice', async () => {
    for (const [project, session] of [
      ['p1', 's1'],
      ['p1', 's2'],
      ['p2', 's1'],
    ] as const)
      await place.storage().appendBatch(batch({ project, session }));
    const body = bodyOf(randomBytes(50), randomBytes(50));
    const hash = body.sha256.toString('hex');
    const keep = (project: string, session: string) =>
      place.storage().keepAsset({ project, session, type: 'image/png', body });
    expect(await keep('p1', 'never-came')).toBe('unknown');
    expect(await place.storage().findAsset('p1', hash)).toBeUndefined();
    expect(await keep('p1', 's1')).toBe('stored');
    expect(await keep('p1', 's2')).toBe('duplicate');
    expect(await place.storage().findAsset('p2', hash)).toBeUndefined();
    expect(await keep('p2', 's1')).toBe('stored');
    for (const again of [false, true]) {
      if (again) await place.reopen();
      const found = await place.storage().findAsset('p1', hash);
      expect([found?.type, found?.bytes, sha256((await found?.read(0, 100)) ?? Buffer.alloc(0))]).toEqual([
        'image/png',
        100,
        hash,
      ]);
    }
    await place.storage().eraseSessions('p1', ['s1'], { reason: 'erased', at: 1 });
    expect(await place.storage().findAsset('p1', hash)).toBeDefined();
    await place.storage().eraseSessions('p1', ['s2'], { reason: 'erased', at: 2 });
    await place.reopen();
    expect(await place.storage().findAsset('p1', hash)).toBeUndefined();
    expect(await keep('p1', 's2')).toBe('erased');
    const other = await place.storage().findAsset('p2', hash);
    expect(sha256((await other?.read(0, 100)) ?? Buffer.alloc(0))).toBe(hash);
    await place.storage().appendBatch(batch({ project: 'p2', session: 's3' }));
    await place.reopen();
    expect((await place.storage().appendBatch(batch({ project: 'p2', session: 's4' }))).outcome).toBe('stored');
    const feeds = await Promise.all(['p1', 'p2'].map((project) => place.storage().readChanges(project, 0, 100)));
    const seqs = feeds.flatMap(({ changes }) => changes.map(({ seq }) => seq));
    expect(new Set(seqs).size).toBe(seqs.length);
  });
}
