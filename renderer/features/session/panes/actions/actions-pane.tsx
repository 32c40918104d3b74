import { useCallback, useMemo, useState } from 'react';
import type { Signal, SignalKind } from '../../../../../shared/model/signal.ts';
import { useWorkbench } from '../../../../api/services.tsx';
import { FRESH_SESSION } from '../../../../state/workbench-store.ts';
import { classNames } from '../../../../ui/class-names.ts';
import { ROW_PX } from '../../../../ui/data-grid/grid-types.ts';
import { formatCount } from '../../../../ui/format-count.ts';
import { formatDuration } from '../../../../ui/format-duration.ts';
import { VirtualList } from '../../../../ui/virtual-list.tsx';
import { useSession, useTimeline } from '../../session-model.ts';
import { SIGNAL_KINDS } from '../../signal-kinds.ts';
import { currentAt } from '../../signal-time.ts';
import { isInRange } from '../../timeline/timeline-model.ts';
import { usePlayer } from '../../use-player.ts';
import { Pane, PaneEmpty, Toggles } from '../pane.tsx';

/** Words for what the colour of a row says. */
const SEVERITY_WORDS = { info: '', warning: 'Warning: ', error: 'Error: ' } as const;

/** Everything that happened in the session; a row seeks, and the row at the playhead is marked. */
export function ActionsPane({
  signals,
  marked,
}: {
  signals: readonly Signal[];
  /** Signals behind the link of the chain that was chosen. */
  marked: ReadonlySet<string>;
}) {
  const { key: sessionKey, startedAt, player, timeline } = useSession();
  const range = useTimeline(timeline, (state) => state.range);
  const hidden = useWorkbench((state) => state.sessions[sessionKey]?.hiddenKinds) ?? FRESH_SESSION.hiddenKinds;
  const remember = useWorkbench((state) => state.rememberSession);
  const [follow, setFollow] = useState(true);
  const shown = useMemo(
    () =>
      signals.filter(
        ({ kind, at, endAt }) => !hidden.includes(kind) && isInRange(range, at - startedAt, (endAt ?? at) - startedAt),
      ),
    [signals, hidden, range, startedAt],
  );
  const [picked, setPicked] = useState<string | null>(null);
  const pickedIndex = useMemo(() => shown.findIndex(({ id }) => id === picked), [shown, picked]);
  const current = usePlayer(player, (state) => currentAt(shown, startedAt + state.atMs, pickedIndex));
  const counts = useMemo(() => {
    const byKind = new Map<SignalKind, number>();
    for (const { kind } of signals) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
    return byKind;
  }, [signals]);
  const toggle = (kind: SignalKind): void =>
    remember(sessionKey, {
      hiddenKinds: hidden.includes(kind) ? hidden.filter((other) => other !== kind) : [...hidden, kind],
    });
  const pick = useCallback(
    (index: number) => {
      const signal = shown[index];
      if (!signal) return;
      setPicked(signal.id);
      player.seek(signal.at - startedAt);
      player.highlight(signal.element && signal.element.node >= 0 ? signal.element.node : null);
    },
    [shown, player, startedAt],
  );

  return (
    <Pane
      label="Actions"
      follow={{ on: follow, set: setFollow }}
      tools={
        <Toggles
          label="Kinds of events shown"
          options={(Object.keys(SIGNAL_KINDS) as SignalKind[])
            .filter((kind) => counts.has(kind))
            .map((kind) => {
              const { icon: Icon, label } = SIGNAL_KINDS[kind];
              return {
                id: kind,
                label,
                icon: <Icon size={14} aria-hidden />,
                count: formatCount(counts.get(kind) ?? 0),
              };
            })}
          isOn={(kind) => !hidden.includes(kind)}
          onToggle={toggle}
        />
      }
    >
      {shown.length === 0 ? (
        <PaneEmpty>
          {signals.length === 0
            ? 'Nothing was recorded in this session.'
            : 'Nothing of the kinds shown lies in the range.'}
        </PaneEmpty>
      ) : (
        <VirtualList
          label="Actions"
          count={shown.length}
          rowPx={ROW_PX}
          current={current}
          follow={follow}
          onFollow={setFollow}
          onPick={pick}
          rowClass={(index) => {
            const signal = shown[index];
            return signal && classNames(`severity-${signal.severity}`, marked.has(signal.id) && 'marked');
          }}
          row={(index) => {
            const signal = shown[index];
            if (!signal) return null;
            const { icon: Icon } = SIGNAL_KINDS[signal.kind];
            return (
              <>
                <time className="list-time">{formatDuration(signal.at - startedAt)}</time>
                <Icon size={14} aria-hidden />
                <span className="truncate" title={signal.text}>
                  <span className="visually-hidden">{SEVERITY_WORDS[signal.severity]}</span>
                  {signal.text.replaceAll(' -> ', ' → ')}
                </span>
                <span className="list-page truncate">{signal.page.replace(/^[a-z]+:\/\/[^/]*/, '')}</span>
              </>
            );
          }}
        />
      )}
    </Pane>
  );
}
