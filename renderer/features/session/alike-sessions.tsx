import { ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import type { Finding } from '../../../shared/model/finding.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import { useCall, useWorkbench } from '../../api/services.tsx';
import { FailureLine } from '../../ui/failure-line.tsx';
import { formatMany } from '../../ui/format-count.ts';
import { createDateFormat } from '../../ui/format-date.ts';
import { describePlace } from '../library/place.ts';

/** How many other sessions met the same cause, and which. */
export function AlikeSessions({ sessionKey, finding }: { sessionKey: SessionKey; finding: Finding }) {
  const { data, error, retry } = useCall('findings.alike', { key: sessionKey, fingerprint: finding.fingerprint });
  const open = useWorkbench((state) => state.openTab);
  const dates = useMemo(() => createDateFormat(Date.now), []);
  if (error !== null) return <FailureLine what="Sessions like this could not be found." why={error} onRetry={retry} />;
  if (!data) return null;
  if (data.total === 0) return <p className="faint alike-none">Not met in any other session of this library.</p>;
  return (
    <details className="alike">
      <summary>
        <ChevronRight size={16} aria-hidden className="chevron" />
        Met in {formatMany(data.total, 'other session')}
      </summary>
      <ul aria-label="Sessions like this one">
        {data.rows.map((row) => (
          <li key={row.key}>
            <button type="button" className="alike-session" onClick={() => open(row.key)}>
              <time title={dates.full(row.startedAt)}>{dates.short(row.startedAt)}</time>
              <span className="truncate">{row.user ?? 'anonymous'}</span>
              <span className="truncate faint">{describePlace(row.entryUrl, row.exitUrl)}</span>
            </button>
          </li>
        ))}
      </ul>
      {data.total > data.rows.length && <p className="faint">The newest {data.rows.length} of them are listed.</p>}
    </details>
  );
}
