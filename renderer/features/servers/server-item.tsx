import { RefreshCw, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ServerInfo } from '../../../shared/ipc/engine-calls.ts';
import { messageOf } from '../../../shared/lib/app-error.ts';
import { useServices } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { createDateFormat } from '../../ui/format-date.ts';

/** One server: who it is, when it was last synced, what went wrong, and what can be done. */
export function ServerItem({ server }: { server: ServerInfo }) {
  const { engine } = useServices();
  const dates = useMemo(() => createDateFormat(Date.now), []);
  const [removing, setRemoving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const run = (work: Promise<unknown>): void => {
    setFailure(null);
    work.catch((error: unknown) => setFailure(messageOf(error)));
  };
  const problem = failure ?? server.lastError;
  return (
    <li className="server">
      <div className="server-facts">
        <p className="server-name">
          {server.name} <span className="faint">{server.project}</span>
        </p>
        <p className="faint selectable">{server.url}</p>
        <p className="faint">
          {server.lastSyncAt === null ? 'Never synced' : `Last synced ${dates.short(server.lastSyncAt)}`}
        </p>
        {problem !== null && <p className="field-error selectable">{problem}</p>}
      </div>
      {removing ? (
        <div className="server-actions">
          <span>Forget this server and its token? Sessions stay on this computer.</span>
          <Button tone="danger" onClick={() => run(engine.call('servers.remove', { id: server.id }))}>
            Remove
          </Button>
          <Button onClick={() => setRemoving(false)}>Keep</Button>
        </div>
      ) : (
        <div className="server-actions">
          <Button icon={RefreshCw} onClick={() => run(engine.call('sync.start', { id: server.id }))}>
            Sync now
          </Button>
          <Button icon={Trash2} tone="quiet" aria-label={`Remove ${server.name}`} onClick={() => setRemoving(true)}>
            Remove
          </Button>
        </div>
      )}
    </li>
  );
}
