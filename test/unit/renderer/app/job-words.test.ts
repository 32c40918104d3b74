import { describe, expect, it } from 'vitest';
import { describeProgress } from '../../../../renderer/app/job-words.ts';

describe('describeProgress', () => {
  const job = { done: 100, total: 400, unit: 'sessions', startedAt: 0 };
  it('says how far, how fast and how long', () => {
    expect(describeProgress(job, 10_000)).toBe('100 of 400 sessions, 10 sessions/s, 30 s left');
    expect(describeProgress({ ...job, total: 100_000 }, 10_000)).toContain('h left');
  });
  it('makes no forecast from too little, or without a total', () => {
    expect(describeProgress(job, 1000)).toBe('100 of 400 sessions');
    expect(describeProgress({ ...job, total: null }, 10_000)).toBe('100 sessions, 10 sessions/s');
  });
  it('shows bytes as bytes', () => {
    expect(describeProgress({ done: 5_000_000, total: 10_000_000, unit: 'bytes', startedAt: 0 }, 5000)).toBe(
      '5.0 MB of 10.0 MB, 1.0 MB/s, 5 s left',
    );
  });
});
