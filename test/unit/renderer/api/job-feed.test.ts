import { expect, it } from 'vitest';
import type { EngineState } from '../../../../renderer/api/engine.ts';
import { createJobFeed } from '../../../../renderer/api/job-feed.ts';
import type { Job } from '../../../../shared/ipc/job.ts';

const job = (id: string, state: Job['state']): Job => ({
  id,
  kind: 'import',
  title: 'Import a.json',
  state,
  done: 1,
  total: 2,
  unit: 'files',
  startedAt: 5,
  endedAt: null,
  message: null,
  sessions: [],
});

function feedOf(lists: Job[][]) {
  let ready = (_state: EngineState): void => undefined;
  let changed = (_job: Job): void => undefined;
  const feed = createJobFeed(
    {
      call: (async () => lists.shift()) as never,
      on: ((_name: string, listener: (payload: Job) => void) => {
        changed = listener;
      }) as never,
      onState: (listener) => {
        ready = listener;
        return () => undefined;
      },
    },
    (words) => expect.unreachable(words),
  );
  const ended: Job[] = [];
  feed.onEnded((one) => ended.push(one));
  const restart = async (): Promise<void> => {
    ready({ kind: 'ready' });
    await Promise.resolve();
    await Promise.resolve();
  };
  return { feed, ended, restart, changed: (one: Job) => changed(one) };
}

it('says that a job ended when the engine that ran it is another one now', async () => {
  const { feed, ended, restart, changed } = feedOf([[], [job('new', 'running')]]);
  await restart();
  changed(job('lost', 'running'));
  changed(job('over', 'running'));
  changed(job('over', 'done'));
  await restart();
  expect(ended.map(({ id, state }) => [id, state])).toEqual([
    ['over', 'done'],
    ['lost', 'failed'],
  ]);
  expect(ended[1]?.message).toMatch(/stopped while this ran.*is kept; start it again/);
  expect(feed.all().map(({ id, state }) => [id, state])).toEqual([
    ['new', 'running'],
    ['lost', 'failed'],
  ]);
});
