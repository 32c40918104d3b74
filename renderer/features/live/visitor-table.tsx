import { Play } from 'lucide-react';
import { useState } from 'react';
import type { LiveServer, LiveVisitor } from '../../../shared/ipc/live-calls.ts';
import { useAttempt, useServices } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatCount } from '../../ui/format-count.ts';
import { readAddress } from '../library/place.ts';
import { describeAgo, describeDevice, describeStretch } from './visitor-words.ts';

const shownPage = ({ page, entryPage }: LiveVisitor): string | null => page ?? entryPage;

/** The people who are online on one server, and the way into each session. */
export function VisitorTable({ server, now }: { server: LiveServer; now: number }) {
  const { engine, store } = useServices();
  const attempt = useAttempt();
  const [opening, setOpening] = useState<string | null>(null);
  const open = async (visitor: LiveVisitor): Promise<void> => {
    setOpening(visitor.session);
    await attempt('The session could not be opened.', async () => {
      const { key } = await engine.call('live.open', { server: server.id, session: visitor.session });
      const { set, openTab, toLive } = store.getState();
      set({ toLive: [...toLive.filter((other) => other !== key), key] });
      openTab(key);
    });
    setOpening(null);
  };
  return (
    <table className="live-table" aria-label={`Online on ${server.name}`}>
      <thead>
        <tr>
          <th scope="col">User</th>
          <th scope="col">Page</th>
          <th scope="col">Device</th>
          <th scope="col">For</th>
          <th scope="col">Last activity</th>
          <th scope="col" className="live-number">
            Errors
          </th>
          <th scope="col" className="live-number">
            Failed requests
          </th>
          <th scope="col">
            <span className="visually-hidden">Open</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {server.visitors.map((visitor) => (
          <VisitorRow
            key={visitor.session}
            visitor={visitor}
            now={now}
            opening={opening === visitor.session}
            onOpen={() => void open(visitor)}
          />
        ))}
      </tbody>
    </table>
  );
}

function VisitorRow({
  visitor,
  now,
  opening,
  onOpen,
}: {
  visitor: LiveVisitor;
  now: number;
  opening: boolean;
  onOpen: () => void;
}) {
  const page = shownPage(visitor);
  const name = visitor.user ?? 'anonymous';
  return (
    <tr onDoubleClick={onOpen}>
      <th scope="row" className="truncate" title={`${name}\n${visitor.session}`}>
        {name}
      </th>
      <td className="truncate" title={page ?? undefined}>
        {page === null ? <span className="faint">Not known yet</span> : readAddress(page).path}
      </td>
      <td className="truncate" title={describeDevice(visitor)}>
        {describeDevice(visitor)}
      </td>
      <td>{describeStretch(visitor.startedAt ?? visitor.firstAt, now)}</td>
      <td>{describeAgo(visitor.lastAt, now)}</td>
      <Count value={visitor.errors} />
      <Count value={visitor.failedRequests} />
      <td className="live-open">
        <Button icon={Play} disabled={opening} aria-label={`Watch the session of ${name}`} onClick={onOpen}>
          {opening ? 'Opening…' : 'Watch'}
        </Button>
      </td>
    </tr>
  );
}

const Count = ({ value }: { value: number | null }) => (
  <td className={classNames('live-number', value !== null && value > 0 && 'error-text')}>
    {value === null ? '' : formatCount(value)}
  </td>
);
