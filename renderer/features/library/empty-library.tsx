import { FlaskConical, FolderOpen, SearchX, ServerCog } from 'lucide-react';
import { useJobs } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import type { LibraryActions } from './use-library-actions.ts';

/** The first start: three ways to get a session onto this computer, each with what it does. */
export function EmptyLibrary({ actions }: { actions: LibraryActions }) {
  const preparing = useJobs().some((job) => job.kind === 'demo' && job.state === 'running');
  return (
    <div className="empty">
      <h1>No sessions on this computer yet</h1>
      <p>
        Everything you open stays here: recordings are replayed and diagnosed on this computer, also without a network.
      </p>
      <ul className="empty-ways">
        <li>
          <Button icon={FlaskConical} tone="primary" disabled={preparing} onClick={actions.exploreDemo}>
            Explore the demo workspace
          </Button>
          <p>Recorded visits to a small shop, some of them with a fault to find.</p>
        </li>
        <li>
          <Button icon={FolderOpen} onClick={actions.openRecording}>
            Open a recording…
          </Button>
          <p>
            An rrweb recording (JSON, NDJSON, gzip) or a .traceflow file. You can also drop files anywhere on this
            window.
          </p>
        </li>
        <li>
          <Button icon={ServerCog} onClick={actions.connectServer}>
            Connect to a server…
          </Button>
          <p>Sync the sessions of your team, or run a server inside this app for a workspace of one.</p>
        </li>
      </ul>
    </div>
  );
}

/** A search or a filter without a hit. */
export const NoMatch = ({ search, filtered, onClear }: { search: string; filtered: boolean; onClear: () => void }) => (
  <div className="empty">
    <SearchX size={24} aria-hidden className="faint" />
    <h1>{search === '' ? 'No session is left by these filters' : `No session matches “${search}”`}</h1>
    <p>
      {search !== '' && 'All words must occur in the URL, the user, the release or the session id. '}
      {filtered && 'The chosen filters must hold too.'}
    </p>
    <Button onClick={onClear}>{filtered ? 'Clear search and filters' : 'Clear search'}</Button>
  </div>
);
