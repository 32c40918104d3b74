import type { Job } from '../../shared/ipc/job.ts';
import { formatBytes, formatCount } from '../ui/format-count.ts';

/** Less than this is not worth a forecast, ms. */
const MEASURED_MS = 1500;

const amount = (value: number, unit: string): string =>
  unit === 'bytes' ? formatBytes(value) : `${formatCount(Math.round(value))} ${unit}`;

/** How far a job is, how fast, and how long it will take, as far as that can be said: `120 of 400 sessions, 35 sessions/s, 8 s left`. */
export function describeProgress(job: Pick<Job, 'done' | 'total' | 'unit' | 'startedAt'>, now: number): string {
  const done =
    job.total === null
      ? amount(job.done, job.unit)
      : `${job.unit === 'bytes' ? formatBytes(job.done) : formatCount(job.done)} of ${amount(job.total, job.unit)}`;
  const spentMs = now - job.startedAt;
  if (spentMs < MEASURED_MS || job.done <= 0) return done;
  const perSecond = (job.done / spentMs) * 1000;
  const rate = `${amount(perSecond >= 10 ? Math.round(perSecond) : Number(perSecond.toFixed(1)), job.unit)}/s`;
  if (job.total === null) return `${done}, ${rate}`;
  return `${done}, ${rate}, ${describeLeft((job.total - job.done) / perSecond)}`;
}

function describeLeft(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s left`;
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} min left` : `${(seconds / 3600).toFixed(1)} h left`;
}
