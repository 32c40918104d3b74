import { CircleAlert, CircleCheck, HardDrive, LoaderCircle, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Job } from '../../shared/ipc/job.ts';
import { useAttempt, useCall, useEngineState, useJobs, useServices, useWorkbench } from '../api/services.tsx';
import { ModelStatus } from '../features/models/model-status.tsx';
import { IconButton } from '../ui/button.tsx';
import { createDateFormat } from '../ui/format-date.ts';
import { Progress } from '../ui/progress.tsx';
import { describeProgress } from './job-words.ts';

function RunningJob({ job }: { job: Job }) {
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

function EngineStatus() {
  const engine = useEngineState();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (engine.kind !== 'starting') return setSlow(false);
    const timer = setTimeout(() => setSlow(true), 300); // what takes less is not worth a word
    return () => clearTimeout(timer);
  }, [engine.kind]);
  if (engine.kind === 'ready') return null;
  if (engine.kind === 'failed') {
    return (
      <span className="status-item error-text" title={engine.reason}>
        <CircleAlert size={14} aria-hidden /> Engine stopped
      </span>
    );
  }
  return slow ? (
    <span className="status-item">
      <LoaderCircle size={14} aria-hidden className="turning" /> Engine is starting…
    </span>
  ) : null;
}

/** Whether anything comes from elsewhere, and when it last did. */
function SyncStatus() {
  const servers = useCall('servers.list', undefined).data;
  const set = useWorkbench((state) => state.set);
  if (!servers) return null;
  const failing = servers.find(({ lastError }) => lastError !== null);
  const last = Math.max(0, ...servers.map(({ lastSyncAt }) => lastSyncAt ?? 0));
  const Icon = failing ? CircleAlert : servers.length === 0 ? HardDrive : CircleCheck;
  const text =
    servers.length === 0
      ? 'Local only: no server connected'
      : failing
        ? `Sync with ${failing.name} failed`
        : last === 0
          ? 'Not synced yet'
          : `Synced ${createDateFormat(Date.now).short(last)}`;
  return (
    <button
      type="button"
      className={failing ? 'status-item status-button warning-text' : 'status-item status-button'}
      title={failing?.lastError ?? 'Servers'}
      onClick={() => set({ dialog: 'servers' })}
    >
      <Icon size={14} aria-hidden /> {text}
    </button>
  );
}

/** One line about what goes on: the engine, syncs, jobs, the app. */
export function StatusBar() {
  const { appInfo } = useServices();
  const running = useJobs().filter((job) => job.state === 'running');
  const [version, setVersion] = useState('');
  useEffect(() => {
    appInfo.then(
      (info) => setVersion(info.version),
      () => setVersion(''), // createServices has already said that the app did not answer
    );
  }, [appInfo]);
  return (
    <section className="status" aria-label="Status">
      <EngineStatus />
      <SyncStatus />
      <ModelStatus />
      <span className="toolbar-space" />
      {running.slice(0, 2).map((job) => (
        <RunningJob key={job.id} job={job} />
      ))}
      {running.length > 2 && <span className="status-item">and {running.length - 2} more jobs</span>}
      {version !== '' && <span className="status-item faint">TRACEFLOW {version}</span>}
    </section>
  );
}
