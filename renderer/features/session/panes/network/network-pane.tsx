import { useCallback, useMemo, useState } from 'react';
import type { Signal } from '../../../../../shared/model/signal.ts';
import { classNames } from '../../../../ui/class-names.ts';
import { ROW_PX } from '../../../../ui/data-grid/grid-types.ts';
import { formatBytes, formatCount } from '../../../../ui/format-count.ts';
import { formatGap } from '../../../../ui/format-duration.ts';
import { Splitter } from '../../../../ui/splitter.tsx';
import { VirtualList } from '../../../../ui/virtual-list.tsx';
import { useSession, useTimeline } from '../../session-model.ts';
import { currentAt } from '../../signal-time.ts';
import { spanOf } from '../../timeline/scale.ts';
import { isInRange } from '../../timeline/timeline-model.ts';
import { usePlayer } from '../../use-player.ts';
import { hasWords } from '../has-words.ts';
import { Pane, PaneEmpty, Toggles } from '../pane.tsx';
import { type NetworkEntry, networkEntry } from './network-entry.ts';
import { RequestDetail } from './request-detail.tsx';
import './network.css';

const COLUMNS = ['Name', 'Method', 'Status', 'Type', 'Size', 'Time', 'Waterfall'] as const;

/** Kinds of requests that can be shown alone. */
const KINDS = [
  { id: 'fetch', label: 'Fetch' },
  { id: 'xhr', label: 'XHR' },
  { id: 'beacon', label: 'Beacon' },
  { id: 'stream', label: 'Streams' },
  { id: 'failed', label: 'Failed' },
] as const;
type Kind = (typeof KINDS)[number]['id'];

function isOf({ api, failed }: NetworkEntry, kind: Kind): boolean {
  if (kind === 'failed') return failed;
  return kind === 'stream' ? api === 'websocket' || api === 'eventsource' : api === kind;
}

/** Where a request lies on the scale of the timeline. */
const WaterfallBar = ({ entry }: { entry: NetworkEntry }) => {
  const { startedAt, timeline } = useSession();
  const view = useTimeline(timeline, (state) => state.view);
  const atMs = entry.at - startedAt;
  const endMs = (entry.endAt ?? entry.at) - startedAt;
  const share = (ms: number): number => Math.min(1, Math.max(0, (ms - view.fromMs) / spanOf(view)));
  const isThere = endMs >= view.fromMs && atMs <= view.toMs;
  return (
    <span className="waterfall">
      {isThere && (
        <span
          className={entry.failed ? 'waterfall-bar waterfall-failed' : 'waterfall-bar'}
          style={{ left: `${share(atMs) * 100}%`, width: `${(share(endMs) - share(atMs)) * 100}%` }}
        />
      )}
    </span>
  );
};

const RowCells = ({ entry }: { entry: NetworkEntry }) => (
  <>
    <span className="truncate" title={entry.url}>
      {entry.name}
    </span>
    <span>{entry.method}</span>
    <span>{entry.status}</span>
    <span className="truncate">{entry.type ?? entry.api}</span>
    <span className="cell-number">{entry.sizeBytes === null ? '–' : formatBytes(entry.sizeBytes)}</span>
    <span className="cell-number">{entry.durationMs === null ? '–' : formatGap(entry.durationMs)}</span>
    <WaterfallBar entry={entry} />
  </>
);

/** Every request of the session. A row seeks to when it was sent and opens what was recorded of it. */
export function NetworkPane({ signals }: { signals: readonly Signal[] }) {
  const { startedAt, player, timeline } = useSession();
  const range = useTimeline(timeline, (state) => state.range);
  const [text, setText] = useState('');
  const [kinds, setKinds] = useState<readonly Kind[]>([]);
  const [follow, setFollow] = useState(true);
  const [picked, setPicked] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [detailPx, setDetailPx] = useState(520);

  const all = useMemo(() => signals.flatMap((signal) => networkEntry(signal) ?? []), [signals]);
  const counts = useMemo(() => {
    const byKind: Partial<Record<Kind, number>> = {};
    for (const { id } of KINDS) byKind[id] = all.filter((entry) => isOf(entry, id)).length;
    return byKind;
  }, [all]);
  const shown = useMemo(() => {
    return all.filter(
      (entry) =>
        isInRange(range, entry.at - startedAt, (entry.endAt ?? entry.at) - startedAt) &&
        (kinds.length === 0 || kinds.some((kind) => isOf(entry, kind))) &&
        hasWords(`${entry.method} ${entry.url} ${entry.status}`, text),
    );
  }, [all, range, startedAt, kinds, text]);
  const pickedIndex = useMemo(() => shown.findIndex(({ id }) => id === picked), [shown, picked]);
  const current = usePlayer(player, (state) => currentAt(shown, startedAt + state.atMs, pickedIndex));
  const pick = useCallback(
    (index: number) => {
      const entry = shown[index];
      if (!entry) return;
      setPicked(entry.id);
      setOpen(true);
      player.seek(entry.at - startedAt);
    },
    [shown, player, startedAt],
  );
  const opened = isOpen ? shown[pickedIndex] : undefined;
  return (
    <Pane
      label="Network"
      filter={{ label: 'Filter requests', text, onText: setText }}
      follow={{ on: follow, set: setFollow }}
      tools={
        <Toggles
          label="Only these requests"
          options={KINDS.map((kind) => ({
            ...kind,
            count: formatCount(counts[kind.id] ?? 0),
          }))}
          isOn={(kind) => kinds.includes(kind)}
          onToggle={(kind) =>
            setKinds(kinds.includes(kind) ? kinds.filter((other) => other !== kind) : [...kinds, kind])
          }
        />
      }
    >
      <div
        className="pane-split"
        style={{ gridTemplateColumns: opened ? `minmax(160px, 1fr) auto minmax(240px, ${detailPx}px)` : '1fr' }}
      >
        <div className={classNames('network-table', opened && 'network-narrow')}>
          <div className="network-head network-grid" aria-hidden>
            {COLUMNS.map((name) => (
              <span key={name} className={name === 'Size' || name === 'Time' ? 'cell-number' : undefined}>
                {name}
              </span>
            ))}
          </div>
          {shown.length === 0 ? (
            <PaneEmpty>
              {all.length === 0 ? 'No request was recorded in this session.' : 'No request passes the filter.'}
            </PaneEmpty>
          ) : (
            <VirtualList
              label="Requests"
              count={shown.length}
              rowPx={ROW_PX}
              current={current}
              follow={follow}
              onFollow={setFollow}
              onPick={pick}
              rowClass={(index) => classNames('network-grid', shown[index]?.failed && 'network-failed')}
              row={(index) => shown[index] && <RowCells entry={shown[index]} />}
            />
          )}
        </div>
        {opened && (
          <>
            <Splitter
              label="Width of the request"
              axis="x"
              size={detailPx}
              min={240}
              max={1200}
              initial={520}
              onSize={setDetailPx}
            />
            <RequestDetail entry={opened} onClose={() => setOpen(false)} />
          </>
        )}
      </div>
    </Pane>
  );
}
