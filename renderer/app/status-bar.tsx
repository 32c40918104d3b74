import { useEffect, useState } from 'react';
import { useJobs, useServices } from '../api/services.tsx';
import { ModelStatus } from '../features/models/model-status.tsx';
import { NoticeHistory } from './notice-history.tsx';
import { RunningJob } from './running-job.tsx';
import { CacheStatus, EngineStatus, OfflineBadge, SyncStatus } from './status-items.tsx';

function Version() {
  const { appInfo } = useServices();
  const [version, setVersion] = useState('');
  useEffect(() => {
    appInfo.then(
      (info) => setVersion(info.version),
      () => setVersion(''), // createServices has already said that the app did not answer
    );
  }, [appInfo]);
  return version === '' ? null : <span className="status-item faint status-version">TRACEFLOW {version}</span>;
}

/** One line about what goes on: the engine, syncs, what is kept, what leaves, jobs, messages, the app. */
export function StatusBar() {
  const running = useJobs().filter((job) => job.state === 'running');
  return (
    <section className="status" aria-label="Status">
      <EngineStatus />
      <OfflineBadge />
      <SyncStatus />
      <CacheStatus />
      <ModelStatus />
      <span className="toolbar-space" />
      {running.slice(0, 2).map((job) => (
        <RunningJob key={job.id} job={job} />
      ))}
      {running.length > 2 && <span className="status-item">and {running.length - 2} more jobs</span>}
      <Version />
      <NoticeHistory />
    </section>
  );
}
