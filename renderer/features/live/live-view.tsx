import { Radio } from 'lucide-react';
import { useEffect } from 'react';
import type { LiveServer } from '../../../shared/ipc/live-calls.ts';
import { useCall, useEngineState, useServices } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { usePanel } from '../../ui/dock/panel-context.ts';
import { FailureLine } from '../../ui/failure-line.tsx';
import { formatMany } from '../../ui/format-count.ts';
import { useNow } from './use-now.ts';
import { VisitorTable } from './visitor-table.tsx';
import './live.css';

/** Has the engine watch the servers while this is on the screen; an engine that was started again is told again. */
function useWatch(active: boolean): void {
  const { engine } = useServices();
  const isReady = useEngineState().kind === 'ready';
  useEffect(() => {
    if (!active || !isReady) return;
    const gone = new AbortController();
    engine.call('live.watch', undefined, gone.signal).catch(() => undefined); // an engine that died is said by the window
    return () => gone.abort();
  }, [engine, active, isReady]);
}

/** Who is online on every server at this moment. */
export function LiveView() {
  const { store } = useServices();
  const { visible } = usePanel();
  useWatch(visible);
  const { data: servers, error, retry } = useCall('live.list', undefined);
  const now = useNow(1000, visible);
  const toServers = (): void => store.getState().openSettings('servers');
  const online = servers?.reduce((count, { visitors }) => count + visitors.length, 0) ?? 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls can be reached without a pointer
    <section className="live" aria-label="Sessions as they happen" tabIndex={0}>
      <header className="live-head">
        <h1>Sessions as they happen</h1>
        <output className="faint" aria-live="polite">
          {servers !== undefined && servers.length > 0 && `${formatMany(online, 'visitor')} online`}
        </output>
      </header>
      {error !== null && <FailureLine what="Who is online could not be read." why={error} onRetry={retry} />}
      {servers?.length === 0 && (
        <div className="live-empty">
          <Radio size={24} aria-hidden className="faint" />
          <p>
            Connect to a server, and everybody who is on your pages at this moment is listed here: you can watch a
            session while it goes on.
          </p>
          <Button tone="primary" onClick={toServers}>
            Connect to a server…
          </Button>
        </div>
      )}
      {servers?.map((server) => (
        <ServerPart key={server.id} server={server} now={now} onServers={toServers} />
      ))}
    </section>
  );
}

function ServerPart({ server, now, onServers }: { server: LiveServer; now: number; onServers: () => void }) {
  const titleId = `live-${server.id}`;
  return (
    <section className="live-server" aria-labelledby={titleId} aria-busy={server.state === 'connecting'}>
      <h2 id={titleId}>
        {server.name}
        {server.projectName !== server.name && <span className="faint"> {server.projectName}</span>}
      </h2>
      {server.state === 'connecting' && <p className="faint">Asking the server…</p>}
      {server.state === 'paused' && (
        <p className="faint live-line">
          Paused: nothing is asked of this server. <Button onClick={onServers}>Servers…</Button>
        </p>
      )}
      {server.state === 'offline' && (
        <div role="alert" className="live-line warning-text">
          <p className="selectable">{server.reason} It is asked again by itself.</p>
          <Button onClick={onServers}>Servers…</Button>
        </div>
      )}
      {server.state === 'online' && server.visitors.length === 0 && (
        <p className="faint">Nobody is online. Whoever uses a page of this project appears here within seconds.</p>
      )}
      {server.visitors.length > 0 && <VisitorTable server={server} now={now} />}
    </section>
  );
}
