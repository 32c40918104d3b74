import { ListFilter } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { InputOf } from '../../../../../shared/ipc/call.ts';
import type { EngineCalls } from '../../../../../shared/ipc/engine-calls.ts';
import type { EventRow } from '../../../../../shared/model/inspection.ts';
import { createPageCache } from '../../../../api/page-cache.ts';
import { useCall, useServices } from '../../../../api/services.tsx';
import { CodeView } from '../../../../ui/code-view/code-view.tsx';
import { ROW_PX } from '../../../../ui/data-grid/grid-types.ts';
import { FailureLine } from '../../../../ui/failure-line.tsx';
import { formatBytes, formatCount } from '../../../../ui/format-count.ts';
import { Menu } from '../../../../ui/menu.tsx';
import { Splitter } from '../../../../ui/splitter.tsx';
import { VirtualList } from '../../../../ui/virtual-list.tsx';
import { useSession, useTimeline } from '../../session-model.ts';
import { formatTick } from '../../timeline/ruler.ts';
import { Pane, PaneEmpty } from '../pane.tsx';
import { useLatestAnswer } from '../use-latest-answer.ts';
import { useSettledPlayhead } from '../use-settled-playhead.ts';
import './events.css';

type AtQuestion = InputOf<EngineCalls, 'recording.eventAt'>;

/** The raw events of one filter, of which only the pages that were looked at are here. */
function useEventPages(kinds: readonly string[] | null, range: { fromMs: number; toMs: number } | null) {
  const { key } = useSession();
  const { engine, changes } = useServices();
  const pages = useMemo(
    () =>
      createPageCache<EventRow>({
        fetch: (offset, limit) =>
          engine.call('recording.events', { key, kinds: kinds && [...kinds], range, offset, limit }),
      }),
    [engine, key, kinds, range],
  );
  useEffect(() => pages.show(0, 1), [pages]);
  useEffect(() => changes.on(({ sessions }) => sessions && pages.invalidate()), [changes, pages]);
  const view = useSyncExternalStore(pages.subscribe, pages.view);
  return { pages, view };
}

/** The chosen event as it was recorded. */
const EventJson = ({ row }: { row: EventRow }) => {
  const { key } = useSession();
  const event = useCall('recording.event', { key, generation: row.generation, seq: row.seq });
  if (event.error !== null) {
    return <FailureLine what="The event could not be read." why={event.error} onRetry={event.retry} />;
  }
  return (
    <div className="event-json">
      {event.data?.cut && <p className="detail-note faint">It is too long to be shown whole: this is its beginning.</p>}
      {event.data && <CodeView label="Event as recorded" text={event.data.json} language="json" />}
    </div>
  );
};

/** Every recorded event, and the chosen one as JSON. A row seeks. */
export function EventsPane({ visible }: { visible: boolean }) {
  const { key, player, timeline } = useSession();
  const { engine } = useServices();
  const range = useTimeline(timeline, (state) => state.range);
  const [kinds, setKinds] = useState<readonly string[] | null>(null);
  const [picked, setPicked] = useState<{ row: EventRow; index: number } | null>(null);
  const [follow, setFollow] = useState(true);
  const [jsonPx, setJsonPx] = useState(420);
  const { pages, view } = useEventPages(kinds, range);
  const all = useCall('recording.events', { key, limit: 1 }).data?.kinds ?? [];
  const atMs = useSettledPlayhead(player);

  const ask = useCallback(
    (asked: AtQuestion, signal: AbortSignal) => engine.call('recording.eventAt', asked, signal),
    [engine],
  );
  const question = { key, kinds: kinds && [...kinds], range, atMs };
  const passed = useLatestAnswer(visible ? question : null, ask).data?.index ?? -1;
  // Several events can share a moment: the one that was picked is up as long as the playhead stands on it.
  const isOnPicked = picked !== null && Math.abs(picked.row.atMs - atMs) < 0.5;
  const current = isOnPicked ? picked.index : passed;
  const pick = useCallback(
    (index: number) => {
      const row = view.at(index);
      if (!row) return;
      setPicked({ row, index });
      player.seek(row.atMs);
    },
    [view, player],
  );
  const toggle = (kind: string): void => {
    const shown = kinds ?? all.map((one) => one.kind);
    const next = shown.includes(kind) ? shown.filter((other) => other !== kind) : [...shown, kind];
    setKinds(next.length === all.length ? null : next);
    setPicked(null);
  };
  return (
    <Pane
      label="Events"
      follow={{ on: follow, set: setFollow }}
      tools={
        <>
          <Menu
            label="Kinds of events"
            align="start"
            trigger={
              <button type="button" className="toggle">
                <ListFilter size={14} aria-hidden />
                {kinds === null ? 'All kinds' : `${formatCount(kinds.length)} of ${formatCount(all.length)} kinds`}
              </button>
            }
            items={[
              { label: 'All kinds', checked: kinds === null, oneOf: true, run: () => setKinds(null) },
              'separator',
              ...all.map(({ kind, count }) => ({
                label: `${kind} (${formatCount(count)})`,
                checked: kinds?.includes(kind) ?? true,
                run: () => toggle(kind),
              })),
            ]}
          />
          <output className="faint">{view.total !== null && `${formatCount(view.total)} events`}</output>
        </>
      }
    >
      {view.error !== null && (
        <FailureLine what="The events could not be read." why={view.error} onRetry={() => pages.retry()} />
      )}
      <div className="pane-split" style={{ gridTemplateColumns: `minmax(200px, 1fr) auto minmax(200px, ${jsonPx}px)` }}>
        {view.total === 0 ? (
          <PaneEmpty>No event of the kinds shown lies in the range.</PaneEmpty>
        ) : (
          <VirtualList
            label="Recorded events"
            count={view.total ?? 0}
            rowPx={ROW_PX}
            current={current}
            follow={follow}
            onFollow={setFollow}
            onPick={pick}
            onShow={(from, to) => to > from && pages.show(from, to)}
            row={(index) => {
              const row = view.at(index);
              return (
                row && (
                  <>
                    <time className="list-time event-time">{formatTick(row.atMs, 1)}</time>
                    <span className="truncate">{row.kind}</span>
                    <span className="event-place faint">
                      #{row.seq} · {formatBytes(row.size)}
                    </span>
                  </>
                )
              );
            }}
          />
        )}
        <Splitter
          label="Width of the event"
          axis="x"
          size={jsonPx}
          min={200}
          max={1400}
          initial={420}
          onSize={setJsonPx}
        />
        {picked ? (
          <EventJson row={picked.row} />
        ) : (
          <PaneEmpty>Choose an event to read it as it was recorded.</PaneEmpty>
        )}
      </div>
    </Pane>
  );
}
