import { Pause, Pencil, Play, PlugZap, RefreshCw, Trash2 } from 'lucide-react';
import { type FormEvent, useMemo, useState } from 'react';
import type { ServerCheck, ServerInfo } from '../../../shared/ipc/engine-calls.ts';
import { messageOf } from '../../../shared/lib/app-error.ts';
import { useServices } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { createDateFormat, type DateFormat } from '../../ui/format-date.ts';
import { describeExpiry } from './expiry-words.ts';

/** One server: who it is, when it was last synced, what went wrong, and what can be done. */
export function ServerItem({ server }: { server: ServerInfo }) {
  const { engine } = useServices();
  const dates = useMemo(() => createDateFormat(Date.now), []);
  const [doing, setDoing] = useState<'remove' | 'rename' | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [check, setCheck] = useState<ServerCheck | 'asking' | null>(null);
  const { id, name, paused } = server;
  const run = (work: Promise<unknown>): void => {
    setFailure(null);
    work.catch((error: unknown) => setFailure(messageOf(error)));
  };
  const test = async (): Promise<void> => {
    setCheck('asking');
    run(
      engine.call('servers.check', { id }).then(setCheck, (error: unknown) => {
        setCheck(null);
        throw error;
      }),
    );
  };
  const problem = failure ?? server.lastError;
  return (
    <li className="server">
      <div className="server-facts">
        {doing === 'rename' ? (
          <Rename
            server={server}
            onName={(next) => {
              setDoing(null);
              if (next !== null) run(engine.call('servers.change', { id, name: next === '' ? null : next }));
            }}
          />
        ) : (
          <p className="server-name">
            {name} <span className="faint">{server.projectName === name ? server.project : server.projectName}</span>
          </p>
        )}
        <p className="faint selectable">{server.url}</p>
        <p className="faint">
          {paused && 'Paused. '}
          {server.lastSyncAt === null ? 'Never synced' : `Last synced ${dates.short(server.lastSyncAt)}`}
        </p>
        {problem !== null && <p className="error-text selectable">{problem}</p>}
        <div role="status">
          {check === 'asking' && <p className="faint">Asking the server…</p>}
          {check !== null && check !== 'asking' && <Verdict check={check} dates={dates} />}
        </div>
      </div>
      {doing === 'remove' ? (
        <div className="server-actions">
          <span>Forget this server and its token? Sessions stay on this computer.</span>
          <Button tone="danger" onClick={() => run(engine.call('servers.remove', { id }))}>
            Remove
          </Button>
          <Button onClick={() => setDoing(null)}>Keep</Button>
        </div>
      ) : (
        <div className="server-actions">
          <Button icon={RefreshCw} disabled={paused} onClick={() => run(engine.call('sync.start', { id }))}>
            Sync now
          </Button>
          <Button icon={PlugZap} disabled={check === 'asking'} onClick={() => void test()} aria-label={`Check ${name}`}>
            Check
          </Button>
          <Button
            icon={paused ? Play : Pause}
            aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
            onClick={() => run(engine.call('servers.change', { id, paused: !paused }))}
          >
            {paused ? 'Resume' : 'Pause'}
          </Button>
          <Button icon={Pencil} tone="quiet" aria-label={`Rename ${name}`} onClick={() => setDoing('rename')}>
            Rename
          </Button>
          <Button icon={Trash2} tone="quiet" aria-label={`Remove ${name}`} onClick={() => setDoing('remove')}>
            Remove
          </Button>
        </div>
      )}
    </li>
  );
}

/** Whether the server answers, and what its token may do for how long. */
function Verdict({ check: { works, verdict, role, expiresAt }, dates }: { check: ServerCheck; dates: DateFormat }) {
  const expiry = describeExpiry(expiresAt, Date.now(), dates);
  return (
    <>
      <p className={works ? 'success-text selectable' : 'error-text selectable'}>{verdict}</p>
      {role !== null && (
        <p className="faint">
          Your token is {role === 'viewer' ? 'a viewer' : `an ${role}`}'s.
          {expiry !== null && <span className={expiry.isSoon ? 'warning-text' : undefined}> {expiry.text}</span>}
        </p>
      )}
    </>
  );
}

/** A field for another name; an empty one is the project's own again. */
function Rename({ server, onName }: { server: ServerInfo; onName: (name: string | null) => void }) {
  const [text, setText] = useState(server.name);
  return (
    <form
      className="server-rename"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onName(text.trim());
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it, to be typed into
        autoFocus
        type="text"
        aria-label={`Name of ${server.name}`}
        placeholder={server.projectName}
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onName(null)}
      />
      <Button type="submit">Save</Button>
      <Button onClick={() => onName(null)}>Cancel</Button>
    </form>
  );
}
