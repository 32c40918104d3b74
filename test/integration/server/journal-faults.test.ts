import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Journal, openJournal } from '../../../server/storage/embedded/journal.ts';
import { createSegment, type SegmentFile } from '../../../server/storage/embedded/segment-file.ts';
import { temporaryFolder } from './support/server-process.ts';

type Fault = 'none' | 'write' | 'apply' | 'truncate' | 'create';

/** A journal on real files whose next call of one kind can be made to fail. */
async function faultyJournal(dir: string) {
  const state: { fault: Fault; applied: string[] } = { fault: 'none', applied: [] };
  const strike = (...kinds: Fault[]): void => {
    if (kinds.includes(state.fault)) throw Object.assign(new Error(`${state.fault} failed`), { code: 'ENOSPC' });
  };
  const faulty = (file: SegmentFile): SegmentFile => ({
    ...file,
    async write(buffers, at) {
      if (state.fault === 'write' || state.fault === 'truncate') await file.write(buffers.slice(0, 1), at);
      strike('write', 'truncate');
      await file.write(buffers, at);
    },
    async truncate(length) {
      strike('truncate');
      await file.truncate(length);
    },
  });
  const open = (): Promise<Journal<string, number>> =>
    openJournal<string, number>({
      dir,
      segmentBytes: 1000,
      from: undefined,
      lastSeq: 0,
      parse: (text) => JSON.parse(text),
      apply: (records) => {
        strike('apply');
        state.applied.push(...records.map(({ meta }) => meta));
        return records.map(({ seq }) => seq);
      },
      createSegment: async (folder, number) => {
        strike('create');
        return faulty(await createSegment(folder, number));
      },
    });
  return { state, open };
}

const content = Buffer.alloc(400, 1);
const body = { parts: [content], bytes: content.length, sha256: createHash('sha256').update(content).digest() };

test.each(['write', 'apply', 'create'] as const)(
  'when %s fails, nothing of the record is left, and the next is kept',
  async (fault) => {
    const { dir, remove } = await temporaryFolder();
    const { state, open } = await faultyJournal(dir);
    const journal = await open();
    for (const name of ['a', 'b', 'c']) await journal.append(name, body); // the third fills the first segment
    state.fault = fault;
    await expect(journal.append('lost', body)).rejects.toThrow(`${fault} failed`);
    state.fault = 'none';
    expect(await journal.append('d', body)).toBe(4);
    journal.checkWritable();
    await journal.close();
    state.applied = [];
    await (await open()).close();
    expect(state.applied).toEqual(['a', 'b', 'c', 'd']);
    await remove();
  },
);

test('when it cannot be taken back either, nothing more is taken until a restart', async () => {
  const { dir, remove } = await temporaryFolder();
  const { state, open } = await faultyJournal(dir);
  const journal = await open();
  await journal.append('a', body);
  state.fault = 'truncate';
  await expect(journal.append('lost', body)).rejects.toThrow('truncate failed');
  state.fault = 'none';
  expect(() => journal.checkWritable()).toThrow('start the server again');
  await expect(journal.append('b', body)).rejects.toThrow('start the server again');
  await journal.close();
  state.applied = [];
  const again = await open();
  expect(state.applied).toEqual(['a']);
  expect(await again.append('c', body)).toBeGreaterThan(1);
  await again.close();
  await remove();
});
