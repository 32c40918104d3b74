import { Power } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '../../../shared/lib/app-error.ts';
import { useCall, useServices } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';

/** The server inside the app, for a workspace of one: what it listens on and what to paste into a page. */
export function LocalWorkspace() {
  const { engine, calls } = useServices();
  const { data: status, error, retry } = useCall('localServer.status', undefined);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const toggle = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const next = await engine.call(status?.running ? 'localServer.stop' : 'localServer.start', undefined);
      calls.put('localServer.status', undefined, next);
      calls.refetch('servers.list', undefined);
    } catch (cause) {
      setFailure(messageOf(cause));
    }
    setBusy(false);
  };
  return (
    <section aria-labelledby="servers-local">
      <h2 id="servers-local">Local workspace</h2>
      <div className="local-head">
        <p className="faint">
          Runs the same server inside this app, reachable only from this computer. Paste the snippet into a page of
          yours, use it, and its sessions appear in the library.
        </p>
        {status && (
          <Button icon={Power} disabled={busy} onClick={() => void toggle()}>
            {status.running ? 'Stop the server' : 'Start the server'}
          </Button>
        )}
      </div>
      {error !== null && <FailureLine what="The local server did not answer." why={error} onRetry={retry} />}
      {failure !== null && (
        <p role="alert" className="error-text selectable">
          {failure}
        </p>
      )}
      {status?.running && (
        <div className="local-facts">
          {status.url !== null && <CopyField label="URL" text={status.url} />}
          {status.writeKey !== null && <CopyField label="Write key" text={status.writeKey} />}
          {status.snippet !== null && <CopyField label="Snippet" text={status.snippet} lines={4} />}
        </div>
      )}
    </section>
  );
}
