import { X } from 'lucide-react';
import type { Job } from '../../shared/ipc/job.ts';
import { useAttempt, useServices } from '../api/services.tsx';
import { IconButton } from '../ui/button.tsx';
import { Progress } from '../ui/progress.tsx';
import { describeProgress } from './job-words.ts';

/** A job with how far it is, and a way to cancel it. */
export function RunningJob({ job }: { job: Job }) {
  const { engine } = useServices();
  const attempt = useAttempt();
  return (
    <span className="status-item status-job">
      <span className="truncate">{job.title}</span>
      <Progress label={job.title} done={job.done} total={job.total} />
      <span className="faint">{describeProgress(job, Date.now())}</span>
      <IconButton
        icon={X}
        label={`Cancel: ${job.title}`}
        side="top"
        size={14}
        onClick={() => attempt('The job could not be cancelled.', () => engine.call('jobs.cancel', { jobId: job.id }))}
      />
    </span>
  );
}
