import { CircleAlert, CloudOff, ExternalLink, type LucideIcon, Wrench } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useMemo } from 'react';
import type { SessionRow } from '../../../shared/model/session.ts';
import { useAttempt, useServices } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatMany } from '../../ui/format-count.ts';
import { createDateFormat } from '../../ui/format-date.ts';
import type { Player } from './player.ts';
import { usePlayer } from './use-player.ts';

/** A remark on the replay that opens into its details. */
const Remark = ({
  icon,
  text,
  label,
  children,
}: {
  icon: LucideIcon;
  text: string;
  label: string;
  children: ReactNode;
}) => (
  <Popover.Root>
    <Popover.Trigger asChild>
      <Button tone="quiet" icon={icon}>
        {text}
      </Button>
    </Popover.Trigger>
    <Popover.Portal>
      <Popover.Content className="popover" align="end" sideOffset={4} collisionPadding={8} aria-label={label}>
        {children}
      </Popover.Content>
    </Popover.Portal>
  </Popover.Root>
);

/** Remote assets that were never fetched. */
function BlockedAssets({ player }: { player: Player }) {
  const { count, urls } = usePlayer(player, (state) => state.blocked);
  if (count === 0) return null;
  const text = `${formatMany(count, 'remote asset')} ${count === 1 ? 'was' : 'were'} not loaded`;
  return (
    <Remark icon={CloudOff} text={text} label="Assets that were not loaded">
      <p>
        The recording points to files on other machines. TRACEFLOW never fetches them, so pictures, fonts or styles may
        be missing in the replay.
      </p>
      <ul className="urls selectable">
        {urls.map((url) => (
          <li key={url}>
            <code>{url}</code>
          </li>
        ))}
      </ul>
      {count > urls.length && <p className="faint">and {formatMany(count - urls.length, 'more file')}</p>}
    </Remark>
  );
}

/** Recorded events that could not be used as they were. */
function RepairedEvents({ player }: { player: Player }) {
  const { count, reasons } = usePlayer(player, (state) => state.repaired);
  if (count === 0) return null;
  return (
    <Remark icon={Wrench} text={formatMany(count, 'repair')} label="What was repaired">
      <p>Some of the recording could not be used as it was; these parts were left out, replaced or repaired.</p>
      <ul className="urls selectable">
        {reasons.map(({ reason, count: times }) => (
          <li key={reason}>
            {reason}
            {times > 1 && <span className="faint"> ({formatCount(times)} times)</span>}
          </li>
        ))}
      </ul>
    </Remark>
  );
}

/** Who, where and when, what is missing, and export. */
export function SessionHeader({ row, player }: { row: SessionRow; player: Player }) {
  const { shell } = useServices();
  const attempt = useAttempt();
  const dates = useMemo(() => createDateFormat(Date.now), []);
  return (
    <header className="session-head">
      <h1 className="truncate" title={`${row.entryUrl}\n${row.exitUrl}`}>
        {row.user ?? 'anonymous'}
        <span className="session-url"> on {row.entryUrl}</span>
      </h1>
      <time className="faint session-fact" title={dates.full(row.startedAt)}>
        {dates.short(row.startedAt)}
      </time>
      {row.release !== null && <span className="faint session-fact">Release {row.release}</span>}
      <span className="toolbar-space" />
      {row.notice !== null && (
        <span className="session-notice truncate" title={row.notice}>
          <CircleAlert size={16} aria-hidden />
          <span className="truncate">{row.notice}</span>
        </span>
      )}
      <RepairedEvents player={player} />
      <BlockedAssets player={player} />
      <Button
        tone="quiet"
        icon={ExternalLink}
        onClick={() =>
          attempt('The session could not be exported.', () => shell.call('dialog.export', { keys: [row.key] }))
        }
      >
        Export…
      </Button>
    </header>
  );
}
