import { CircleAlert, Download, List, Pin, StickyNote } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SessionSort } from '../../../shared/ipc/engine-calls.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import { classNames } from '../../ui/class-names.ts';
import type { GridColumn } from '../../ui/data-grid/grid-types.ts';
import { formatBytes, formatCount, formatMany } from '../../ui/format-count.ts';
import type { DateFormat } from '../../ui/format-date.ts';
import { formatDuration } from '../../ui/format-duration.ts';
import { frustrationReasons } from './frustration-words.ts';
import { describePlace, describeSource } from './place.ts';
import { Sparkline } from './sparkline.tsx';
import { readVerdict, VERDICT_WORDS } from './verdict.ts';

/** A count that only stands out when there is something. */
const count = (value: number, meaning: 'error' | 'frustration' | 'plain'): ReactNode => (
  <span className={value === 0 ? 'zero' : `count-${meaning}`}>{formatCount(value)}</span>
);

const stateOf = (row: SessionRow): string =>
  row.state === 'downloaded'
    ? `Downloaded, ${formatBytes(row.bytes)}`
    : 'Index only: the recording is not on this computer';

/** A column of the library. */
export type SessionColumn = GridColumn<SessionRow> & { readonly sort?: SessionSort };

/** The library's columns. `servers` names the servers that sessions were synced from. */
export function sessionColumns(dates: DateFormat, servers: ReadonlyMap<string, string>): readonly SessionColumn[] {
  return [
    {
      id: 'when',
      label: 'When',
      size: 124,
      sort: 'startedAt',
      cell: (row) => dates.short(row.startedAt),
      hint: (row) => dates.full(row.startedAt),
    },
    {
      id: 'who',
      label: 'Who',
      size: 104,
      grows: true,
      sort: 'user',
      cell: (row) => (
        <span className={classNames('truncate', row.user === null && 'zero')}>{row.user ?? 'anonymous'}</span>
      ),
      hint: (row) => row.user ?? 'The page did not say who this was',
    },
    {
      id: 'where',
      label: 'Where',
      size: 136,
      grows: true,
      sort: 'entryUrl',
      cell: (row) => <span className="truncate">{describePlace(row.entryUrl, row.exitUrl)}</span>,
      hint: (row) => `From ${row.entryUrl}\nto ${row.exitUrl}`,
    },
    {
      id: 'activity',
      label: 'Activity',
      title: 'How busy the session was, from its start to its end',
      size: 80,
      cell: (row) => <Sparkline activity={row.activity} />,
      hint: (row) => `${formatCount(row.clicks)} clicks, ${formatCount(row.events)} recorded events`,
    },
    {
      id: 'length',
      label: 'Length',
      size: 64,
      align: 'end',
      sort: 'durationMs',
      cell: (row) => formatDuration(row.durationMs),
      hint: (row) => `${formatCount(row.events)} recorded events`,
    },
    {
      id: 'verdict',
      label: 'Verdict',
      size: 208,
      grows: true,
      sort: 'verdict',
      cell: (row) => {
        const { tone, text } = readVerdict(row.verdict);
        return (
          <>
            <span className={`dot dot-${tone}`} aria-hidden />
            <span className="visually-hidden">
              {tone === 'none' || tone === 'nothing-wrong' ? '' : VERDICT_WORDS[tone]}
            </span>
            <span className={classNames('truncate', (tone === 'none' || tone === 'nothing-wrong') && 'zero')}>
              {text}
            </span>
          </>
        );
      },
      hint: (row) => {
        const { tone, text } = readVerdict(row.verdict);
        return text === VERDICT_WORDS[tone] ? text : `${VERDICT_WORDS[tone]}: ${text}`;
      },
    },
    {
      id: 'frustrations',
      label: 'Frustration',
      title: 'Frustration score: rage clicks count 3, error clicks 2, dead clicks 1',
      size: 92,
      align: 'end',
      sort: 'frustrationScore',
      cell: (row) => count(row.frustrationScore, 'frustration'),
      hint: (row) => frustrationReasons(row.frustrationKinds) || 'No moments of frustration',
    },
    {
      id: 'errors',
      label: 'Errors',
      title: 'Script errors and errors on the console',
      size: 64,
      align: 'end',
      sort: 'errors',
      cell: (row) => count(row.errors, 'error'),
    },
    {
      id: 'failedRequests',
      label: 'Failed',
      title: 'Failed requests',
      size: 64,
      align: 'end',
      sort: 'failedRequests',
      cell: (row) => count(row.failedRequests, 'error'),
    },
    {
      id: 'clicks',
      label: 'Clicks',
      size: 56,
      align: 'end',
      sort: 'clicks',
      cell: (row) => count(row.clicks, 'plain'),
    },
    {
      id: 'events',
      label: 'Events',
      title: 'Recorded events',
      size: 64,
      align: 'end',
      sort: 'events',
      cell: (row) => count(row.events, 'plain'),
    },
    {
      id: 'tags',
      label: 'Tags',
      size: 92,
      grows: true,
      cell: ({ tags: [first, ...others] }) =>
        first !== undefined && (
          <>
            <span className="tag tag-shrinks">
              <span className="truncate">{first}</span>
            </span>
            {others.length > 0 && <span className="faint">+{formatCount(others.length)}</span>}
          </>
        ),
      hint: (row) => row.tags.join(', '),
    },
    {
      id: 'notes',
      label: 'Notes',
      size: 60,
      align: 'end',
      sort: 'notes',
      cell: (row) =>
        row.notes === 0 ? null : (
          <>
            <StickyNote size={14} aria-hidden className="faint" /> {formatCount(row.notes)}
          </>
        ),
      hint: (row) => formatMany(row.notes, 'note'),
    },
    {
      id: 'release',
      label: 'Release',
      size: 76,
      sort: 'release',
      cell: (row) => (
        <span className={classNames('truncate', row.release === null && 'zero')}>{row.release ?? '–'}</span>
      ),
      hint: (row) => row.release ?? 'The page did not say which release this was',
    },
    {
      id: 'browser',
      label: 'Browser',
      size: 76,
      sort: 'browser',
      cell: (row) => (
        <span className={classNames('truncate', row.browser === null && 'zero')}>{row.browser ?? '–'}</span>
      ),
      hint: (row) => row.userAgent ?? 'The page did not say which browser this was',
    },
    {
      id: 'bytes',
      label: 'Size',
      title: 'Size of the recording on this computer',
      size: 72,
      align: 'end',
      sort: 'bytes',
      cell: (row) => formatBytes(row.bytes),
    },
    {
      id: 'source',
      label: 'Source',
      size: 84,
      grows: true,
      cell: (row) => <span className="truncate">{describeSource(row.source, servers)}</span>,
      hint: (row) => describeSource(row.source, servers),
    },
    {
      id: 'state',
      label: 'State',
      size: 56,
      cell: (row) => {
        const Icon = row.state === 'downloaded' ? Download : List;
        return (
          <>
            <Icon size={14} aria-label={stateOf(row)} className="faint" />
            {row.pinned && <Pin size={14} aria-label="Pinned: kept on this computer" />}
            {row.notice && <CircleAlert size={14} aria-label={row.notice} className="warning-text" />}
          </>
        );
      },
      hint: (row) => [stateOf(row), row.pinned ? 'Pinned' : null, row.notice].filter(Boolean).join('\n'),
    },
  ];
}
