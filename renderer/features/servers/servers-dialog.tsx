import { useCall, useServices, useWorkbench } from '../../api/services.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';
import { AddServer } from './add-server.tsx';
import { LocalWorkspace } from './local-workspace.tsx';
import { ServerItem } from './server-item.tsx';
import './servers.css';

/** Where sessions come from: servers of a team, and the one inside the app. */
export function ServersDialog() {
  const { store } = useServices();
  const open = useWorkbench((state) => state.dialog === 'servers');
  return open ? <Servers onClose={() => store.getState().set({ dialog: null })} /> : null;
}

function Servers({ onClose }: { onClose: () => void }) {
  const { data: servers, error, retry } = useCall('servers.list', undefined);
  return (
    <Dialog title="Servers" wide onClose={onClose}>
      <section aria-labelledby="servers-known">
        <h3 id="servers-known">Connected servers</h3>
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
    </Dialog>
  );
}
