import { Bug, CircleX, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Signal } from '../../../../../shared/model/signal.ts';
import { classNames } from '../../../../ui/class-names.ts';
import { ROW_PX } from '../../../../ui/data-grid/grid-types.ts';
import { formatCount } from '../../../../ui/format-count.ts';
import { formatDuration } from '../../../../ui/format-duration.ts';
import { VirtualList } from '../../../../ui/virtual-list.tsx';
import { useSession, useTimeline } from '../../session-model.ts';
import { isInRange } from '../../timeline/timeline-model.ts';
import { hasWords } from '../has-words.ts';
import { Pane, PaneEmpty, Toggles } from '../pane.tsx';
import { useOpenableRows } from '../use-openable-rows.ts';
import { type ConsoleRow, consoleEntries, consoleRows, LEVELS, type Level } from './console-rows.ts';
import './console.css';

const LEVEL_LOOKS: Readonly<
  Record<Level, { readonly icon: LucideIcon; readonly label: string; readonly word: string }>
> = {
  error: { icon: CircleX, label: 'Errors', word: 'Error: ' },
  warn: { icon: TriangleAlert, label: 'Warnings', word: 'Warning: ' },
  info: { icon: Info, label: 'Info', word: '' },
  debug: { icon: Bug, label: 'Debug', word: 'Debug: ' },
};

const severityOf = (level: Level): string =>
  level === 'error' ? 'severity-error' : level === 'warn' ? 'severity-warning' : 'severity-info';

const RowContent = ({ row, startedAt }: { row: ConsoleRow; startedAt: number }) => {
  const { entry, content } = row;
  if (content.kind === 'frame') return <code className="truncate faint">{content.text}</code>;
  if (content.kind === 'value') {
    return (
      <code className="truncate" title={content.text}>
        {content.name !== '' && <span className="value-name">{content.name}: </span>}
        {content.text}
      </code>
    );
  }
  const { icon: Icon, word } = LEVEL_LOOKS[entry.level];
  return (
    <>
      <Icon size={14} aria-hidden />
      <time className="list-time">{formatDuration(entry.at - startedAt)}</time>
      {entry.repeats > 1 && (
        <span className="repeats" title={`${formatCount(entry.repeats)} times in a row`}>
          {formatCount(entry.repeats)}
        </span>
      )}
      <code className="truncate" title={entry.text}>
        <span className="visually-hidden">{word}</span>
        {entry.text}
      </code>
    </>
  );
};

/** What the page wrote to the console, and the errors nothing caught. A row seeks; values and stacks open below it. */
export function ConsolePane({ signals }: { signals: readonly Signal[] }) {
  const { startedAt, timeline } = useSession();
  const range = useTimeline(timeline, (state) => state.range);
  const [hidden, setHidden] = useState<readonly Level[]>([]);
  const [text, setText] = useState('');
  const [follow, setFollow] = useState(true);

  const entries = useMemo(
    () => consoleEntries(signals.filter(({ at }) => isInRange(range, at - startedAt))),
    [signals, range, startedAt],
  );
  const counts = useMemo(() => {
    const byLevel = new Map<Level, number>();
    for (const { level, repeats } of entries) byLevel.set(level, (byLevel.get(level) ?? 0) + repeats);
    return byLevel;
  }, [entries]);
  const shown = useMemo(
    () => entries.filter((entry) => !hidden.includes(entry.level) && hasWords(entry.text, text)),
    [entries, hidden, text],
  );
  const { rows, current, pick, toggle } = useOpenableRows(shown, consoleRows);

  return (
    <Pane
      label="Console"
      filter={{ label: 'Filter the console', text, onText: setText }}
      follow={{ on: follow, set: setFollow }}
      tools={
        <Toggles
          label="Levels shown"
          options={LEVELS.map((id) => ({
            id,
            label: LEVEL_LOOKS[id].label,
            count: formatCount(counts.get(id) ?? 0),
          }))}
          isOn={(level) => !hidden.includes(level)}
          onToggle={(level) =>
            setHidden(hidden.includes(level) ? hidden.filter((other) => other !== level) : [...hidden, level])
          }
        />
      }
    >
      {rows.length === 0 ? (
        <PaneEmpty>
          {entries.length === 0
            ? range
              ? 'Nothing was written to the console in this range.'
              : 'Nothing was written to the console in this session.'
            : 'No message passes the filter.'}
        </PaneEmpty>
      ) : (
        <VirtualList
          label="Console messages"
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
              classNames('console-row', `console-${row.entry.level}`, row.depth === 0 && severityOf(row.entry.level))
            );
          }}
          row={(index) => rows[index] && <RowContent row={rows[index]} startedAt={startedAt} />}
          tree={{
            depth: (index) => rows[index]?.depth ?? 0,
            isOpen: (index) => rows[index]?.open ?? null,
            onToggle: toggle,
          }}
        />
      )}
    </Pane>
  );
}
