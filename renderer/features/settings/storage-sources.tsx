import { useCall } from '../../api/services.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';
import { formatBytes, formatCount, formatMany } from '../../ui/format-count.ts';
import { describeSource } from '../library/place.ts';

/** How much came from where, what room is left, and how long each server keeps its sessions. */
export function StorageSources() {
  const { data, error, retry } = useCall('storage.sources', undefined);
  const servers = useCall('servers.list', undefined).data;
  const names = new Map(servers?.map(({ id, name }) => [id, name]));
  if (error !== null)
    return <FailureLine what="What came from where could not be counted." why={error} onRetry={retry} />;
  if (!data) return null;
  return (
    <>
      <table className="storage-table" aria-label="Where the recordings came from">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col" className="storage-number">
              Sessions
            </th>
            <th scope="col" className="storage-number">
              Size
            </th>
            <th scope="col">Kept on the server</th>
          </tr>
        </thead>
        <tbody>
          {data.sources.map(({ source, sessions, bytes }) => {
            const server = servers?.find(({ id }) => source === `server:${id}`);
            return (
              <tr key={source}>
                <th scope="row">{source === 'files' ? 'Files' : describeSource(source, names)}</th>
                <td className="storage-number">{formatCount(sessions)}</td>
                <td className="storage-number">{formatBytes(bytes)}</td>
                <td>{server && (server.paused ? <span className="faint">Paused</span> : <Kept id={server.id} />)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="faint">
        {formatBytes(data.freeBytes)} free on this disk. There is no limit of its own: nothing is dropped by itself.
      </p>
    </>
  );
}

/** How long a server keeps sessions, as it says itself; a viewer may read it, an admin changes it on the server. */
function Kept({ id }: { id: string }) {
  const { data, error } = useCall('retention.get', { id });
  if (error !== null) return <span className="warning-text">{error}</span>;
  if (!data) return <span className="faint">Asking the server…</span>;
  const held = data.held === 0 ? '' : `, ${formatMany(data.held, 'session')} under a hold`;
  return `${data.days === null ? 'For ever' : formatMany(data.days, 'day')}${held}`;
}
