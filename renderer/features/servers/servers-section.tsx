import { useCall } from '../../api/services.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';
import { AddServer } from './add-server.tsx';
import { LocalWorkspace } from './local-workspace.tsx';
import { ServerItem } from './server-item.tsx';
import './servers.css';

/** Where sessions come from: servers of a team, and the one inside the app. */
export function ServersSection() {
  const { data: servers, error, retry } = useCall('servers.list', undefined);
  return (
    <>
      <section aria-labelledby="servers-known">
        <h2 id="servers-known">Connected servers</h2>
        {error !== null && <FailureLine what="The servers could not be read." why={error} onRetry={retry} />}
        {servers?.length === 0 && (
          <p className="faint">None yet. Connect one below; sessions then sync to this computer.</p>
        )}
        <ul className="servers">
          {servers?.map((server) => (
            <ServerItem key={server.id} server={server} />
          ))}
        </ul>
      </section>
      <AddServer />
      <LocalWorkspace />
    </>
  );
}
