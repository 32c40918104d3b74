import { use } from 'react';
import { useCall, useServices } from '../../api/services.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';
import { formatBytes, formatCount } from '../../ui/format-count.ts';
import { StorageSources } from './storage-sources.tsx';

/** What lies on this computer, and where. */
export function StorageSection() {
  const { appInfo } = useServices();
  const { profileDir } = use(appInfo);
  const { data, error, retry } = useCall('storage.summary', undefined);
  return (
    <>
      {error !== null && <FailureLine what="The size of the library could not be read." why={error} onRetry={retry} />}
      <dl className="setting-facts">
        <dt>Sessions in the library</dt>
        <dd>{data ? formatCount(data.sessions) : '…'}</dd>
        <dt>Recordings on this computer</dt>
        <dd>{data ? `${formatCount(data.downloaded)}, ${formatBytes(data.bytes)}` : '…'}</dd>
      </dl>
      <StorageSources />
      <h2>Where</h2>
      <CopyField label="Folder" text={profileDir} />
      <p className="faint">
        Everything TRACEFLOW keeps lies in this folder. Privacy deletes all of it; to delete single recordings, select
        them in the library and press Delete.
      </p>
    </>
  );
}
