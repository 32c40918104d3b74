import { ArrowRightLeft, ChartNoAxesGantt, CircleX, type LucideIcon, ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Signal } from '../../../../../shared/model/signal.ts';
import { classNames } from '../../../../ui/class-names.ts';
import { ROW_PX } from '../../../../ui/data-grid/grid-types.ts';
import { formatCount } from '../../../../ui/format-count.ts';
import { formatDuration, formatGap } from '../../../../ui/format-duration.ts';
import { VirtualList } from '../../../../ui/virtual-list.tsx';
import { useSession, useTimeline } from '../../session-model.ts';
import { isInRange } from '../../timeline/timeline-model.ts';
import { hasWords } from '../has-words.ts';
import { Pane, PaneEmpty, Toggles } from '../pane.tsx';
import { useOpenableRows } from '../use-openable-rows.ts';
import { type BackendRow, type BackendType, backendEntries, backendRows } from './backend-rows.ts';
import './backend.css';

const LOOKS: Readonly<Record<BackendType, { readonly icon: LucideIcon; readonly label: string }>> = {
  request: { icon: ArrowRightLeft, label: 'Requests' },
  log: { icon: ScrollText, label: 'Logs' },
  error: { icon: CircleX, label: 'Errors' },
  span: { icon: ChartNoAxesGantt, label: 'Spans' },
};
const TYPES = Object.keys(LOOKS) as readonly BackendType[];

/** Words for what the colour of a row says. */
const SEVERITY_WORDS = { info: '', warning: 'Warning: ', error: 'Error: ' } as const;

const RowContent = ({ row: { entry, line }, startedAt }: { row: BackendRow; startedAt: number }) => {
  if (line) {
    return (
      <code className={classNames('truncate', line.name === '' && 'faint')} title={line.text}>
        {line.name !== '' && <span className="value-name">{line.name}: </span>}
        {line.text}
      </code>
    );
  }
  const { icon: Icon } = LOOKS[entry.type];
  return (
    <>
      <time className="list-time">{formatDuration(entry.at - startedAt)}</time>
      <Icon size={14} aria-hidden />
      <span className="backend-text truncate" title={entry.text}>
        <span className="visually-hidden">{SEVERITY_WORDS[entry.severity]}</span>
        {entry.text}
      </span>
      <span className="backend-of faint">{entry.of}</span>
      <span className="backend-service faint">{entry.service}</span>
      <span className="backend-time cell-number">{entry.durationMs === null ? '' : formatGap(entry.durationMs)}</span>
    </>
  );
};

/** What backends did for the session: requests, logs, errors and spans. A row seeks; what else is known of it opens below. */
export function BackendPane({ signals, marked }: { signals: readonly Signal[]; marked: ReadonlySet<string> }) {
  const { startedAt, timeline } = useSession();
  const range = useTimeline(timeline, (state) => state.range);
  const [hidden, setHidden] = useState<readonly BackendType[]>([]);
  const [text, setText] = useState('');
  const [follow, setFollow] = useState(true);

  const all = useMemo(() => backendEntries(signals), [signals]);
  const shown = useMemo(
    () =>
      all.filter(
        (entry) =>
          !hidden.includes(entry.type) &&
          isInRange(range, entry.at - startedAt, entry.endAt - startedAt) &&
          hasWords(`${entry.service} ${entry.text} ${entry.of}`, text),
      ),
    [all, hidden, range, startedAt, text],
  );
  const { rows, current, pick, toggle } = useOpenableRows(shown, backendRows);

  return (
    <Pane
      label="Backend"
      filter={{ label: 'Filter the backend', text, onText: setText }}
      follow={{ on: follow, set: setFollow }}
      tools={
        <Toggles
          label="Kinds shown"
          options={TYPES.map((id) => ({
            id,
            label: LOOKS[id].label,
            count: formatCount(all.filter(({ type }) => type === id).length),
          }))}
          isOn={(type) => !hidden.includes(type)}
          onToggle={(type) =>
            setHidden(hidden.includes(type) ? hidden.filter((other) => other !== type) : [...hidden, type])
          }
        />
      }
    >
      {rows.length === 0 ? (
        <PaneEmpty>
          {all.length === 0
            ? 'No backend recorded anything for this session. The SDK for Node, @traceflow/node, does.'
            : 'Nothing passes the filter.'}
        </PaneEmpty>
      ) : (
        <VirtualList
          label="What the backend did"
          count={rows.length}
          rowPx={ROW_PX}
          current={current}
          follow={follow}
          onFollow={setFollow}
          onPick={pick}
          rowClass={(index) => {
            const row = rows[index];
            return (
              row &&
              classNames(
                'backend-row',
                row.line === null && `severity-${row.entry.severity}`,
                row.line === null && marked.has(row.entry.id) && 'marked',
              )
            );
          }}
          row={(index) => rows[index] && <RowContent row={rows[index]} startedAt={startedAt} />}
          tree={{
            depth: (index) => (rows[index]?.line ? 1 : 0),
            isOpen: (index) => rows[index]?.open ?? null,
            onToggle: toggle,
          }}
        />
      )}
    </Pane>
  );
}
