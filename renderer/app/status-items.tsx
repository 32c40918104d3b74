import { CircleAlert, CircleCheck, CloudOff, Database, HardDrive, LoaderCircle, type LucideIcon } from 'lucide-react';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { useCall, useEngineState, useWorkbench } from '../api/services.tsx';
import type { SettingsSectionId } from '../state/saved.ts';
import { formatBytes } from '../ui/format-count.ts';
import { createDateFormat } from '../ui/format-date.ts';

/** A fact that leads to the settings it depends on. */
function StatusButton({
  icon: Icon,
  section,
  hint,
  warning = false,
  children,
}: {
  icon: LucideIcon;
  section: SettingsSectionId;
  hint: string;
  warning?: boolean;
  children: ReactNode;
}) {
  const openSettings = useWorkbench((state) => state.openSettings);
  return (
    <button
      type="button"
      className={warning ? 'status-item status-button warning-text' : 'status-item status-button'}
      title={hint}
      onClick={() => openSettings(section)}
    >
      <Icon size={14} aria-hidden />
      <span className="truncate">{children}</span>
    </button>
  );
}

/** What the engine is doing, while that is not simply working. */
export function EngineStatus() {
  const engine = useEngineState();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (engine.kind !== 'starting') return setSlow(false);
    const timer = setTimeout(() => setSlow(true), 300); // what takes less is not worth a word
    return () => clearTimeout(timer);
  }, [engine.kind]);
  if (engine.kind === 'ready') return null;
  if (engine.kind === 'failed') {
    return (
      <span className="status-item error-text" title={engine.reason}>
        <CircleAlert size={14} aria-hidden /> Engine stopped
      </span>
    );
  }
  return slow ? (
    <span className="status-item">
      <LoaderCircle size={14} aria-hidden className="turning" /> Engine is starting…
    </span>
  ) : null;
}

const subscribeOnline = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};

/** That this computer has no network; everything but syncing goes on. */
export function OfflineBadge() {
  const online = useSyncExternalStore(subscribeOnline, () => navigator.onLine);
  if (online) return null;
  return (
    <span className="status-item warning-text" title="Everything but syncing works without a network.">
      <CloudOff size={14} aria-hidden /> Offline
    </span>
  );
}

/** Whether anything comes from elsewhere, and when it last did. */
export function SyncStatus() {
  const servers = useCall('servers.list', undefined).data;
  if (!servers) return null;
  const failing = servers.find(({ lastError }) => lastError !== null);
  const last = Math.max(0, ...servers.map(({ lastSyncAt }) => lastSyncAt ?? 0));
  const icon = failing ? CircleAlert : servers.length === 0 ? HardDrive : CircleCheck;
  const text = failing
    ? `Sync with ${failing.name} failed`
    : servers.length === 0
      ? 'No server connected'
      : last === 0
        ? 'Not synced yet'
        : `Synced ${createDateFormat(Date.now).short(last)}`;
  const cursors = servers.map(({ name, cursor }) => `${name}: up to change ${cursor}`).join('\n');
  return (
    <StatusButton
      icon={icon}
      section="servers"
      warning={failing !== undefined}
      hint={failing?.lastError ?? (cursors || 'Servers')}
    >
      {text}
    </StatusButton>
  );
}

/** How much of this computer's disk the recordings take. */
export function CacheStatus() {
  const { data } = useCall('storage.summary', undefined);
  if (!data) return null;
  return (
    <StatusButton icon={Database} section="storage" hint={`${data.downloaded} recordings on this computer`}>
      {formatBytes(data.bytes)}
    </StatusButton>
  );
}
