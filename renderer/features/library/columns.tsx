import { CircleAlert, Download, List } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SessionSort } from '../../../shared/ipc/engine-calls.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import { classNames } from '../../ui/class-names.ts';
import type { GridColumn } from '../../ui/data-grid/grid-types.ts';
import { formatBytes, formatCount } from '../../ui/format-count.ts';
import type { DateFormat } from '../../ui/format-date.ts';
import { formatDuration } from '../../ui/format-duration.ts';
import { describePlace, describeSource } from './place.ts';
import { readVerdict, VERDICT_WORDS } from './verdict.ts';

/** A count that only stands out when there is something. */
const count = (value: number, meaning: 'error' | 'frustration' | 'plain'): ReactNode => (
  <span className={value === 0 ? 'zero' : `count-${meaning}`}>{formatCount(value)}</span>
);

const stateOf = (row: SessionRow): string =>
  row.state === 'downloaded'
    ? `Downloaded, ${formatBytes(row.bytes)}`
    : 'Index only: the recording is not on this computer';

/** The library's columns. `servers` names the servers that sessions were synced from. */
export function sessionColumns(
  dates: DateFormat,
  servers: ReadonlyMap<string, string>,
): readonly (GridColumn<SessionRow> & { readonly sort?: SessionSort })[] {
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
      size: 112,
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
      size: 160,
      grows: true,
      sort: 'entryUrl',
      cell: (row) => <span className="truncate">{describePlace(row.entryUrl, row.exitUrl)}</span>,
      hint: (row) => `From ${row.entryUrl}\nto ${row.exitUrl}`,
    },
    {
      id: 'length',
      label: 'Length',
      size: 68,
      align: 'end',
      sort: 'durationMs',
      cell: (row) => formatDuration(row.durationMs),
      hint: (row) => `${formatCount(row.events)} recorded events`,
    },
    {
      id: 'verdict',
      label: 'Verdict',
      size: 272,
      grows: true,
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
      title: 'Moments of frustration: rage, dead and error clicks',
      size: 84,
      align: 'end',
      sort: 'frustrations',
      cell: (row) => count(row.frustrations, 'frustration'),
    },
    {
      id: 'errors',
      label: 'Errors',
      title: 'Script errors and errors on the console',
      size: 56,
      align: 'end',
      sort: 'errors',
      cell: (row) => count(row.errors, 'error'),
    },
    {
      id: 'failedRequests',
      label: 'Failed',
      title: 'Failed requests',
      size: 56,
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
      id: 'release',
      label: 'Release',
      size: 76,
      cell: (row) => (
        <span className={classNames('truncate', row.release === null && 'zero')}>{row.release ?? '–'}</span>
      ),
      hint: (row) => row.release ?? 'The page did not say which release this was',
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
            {row.notice && <CircleAlert size={14} aria-label={row.notice} className="warning-text" />}
          </>
        );
      },
      hint: (row) => [stateOf(row), row.notice].filter(Boolean).join('\n'),
    },
  ];
}
