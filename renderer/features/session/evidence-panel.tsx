import { ChevronRight, CircleCheck } from 'lucide-react';
import type { Diagnosis, Frustration } from '../../../shared/model/finding.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import { FailureLine } from '../../ui/failure-line.tsx';
import { formatMany } from '../../ui/format-count.ts';
import { formatDuration } from '../../ui/format-duration.ts';
import { AskModel } from './ask/ask-model.tsx';
import type { ChainStep } from './chain-layout.ts';
import { FindingView, VerdictBadge } from './finding-view.tsx';

const FRUSTRATION_WORDS: Readonly<Record<Frustration['kind'], string>> = {
  'rage-click': 'Rage click',
  'dead-click': 'Dead click',
  'error-click': 'Error click',
};

const Frustrations = ({
  frustrations,
  startedAt,
  onGo,
}: {
  frustrations: readonly Frustration[];
  startedAt: number;
  onGo: (frustration: Frustration) => void;
}) => (
  <>
    <h3>{formatMany(frustrations.length, 'moment')} of frustration</h3>
    <ul className="frustrations">
      {frustrations.map((frustration) => (
        <li key={`${frustration.detector} ${frustration.at} ${frustration.text}`}>
          <button
            type="button"
            className="frustration"
            title={`Found by ${frustration.detector}`}
            onClick={() => onGo(frustration)}
          >
            <time>{formatDuration(frustration.at - startedAt)}</time>
            <span className="frustration-kind">{FRUSTRATION_WORDS[frustration.kind]}</span>
            <span className="truncate">{frustration.text}</span>
          </button>
        </li>
      ))}
    </ul>
  </>
);

const NothingWrong = () => (
  <div className="calm">
    <CircleCheck size={20} aria-hidden className="success-text" />
    <div>
      <p className="calm-title">Nothing wrong found</p>
      <p>
        No error, failed request or moment of frustration in this recording led to a fault that the person could feel.
      </p>
    </div>
  </div>
);

/** The diagnosis of a session: what went wrong, how that is known, and what would have to be known to be surer. */
export function EvidencePanel({
  diagnosis,
  error,
  onRetry,
  row,
  signals,
  chosen,
  onChoose,
  onFrustration,
  onSignal,
}: {
  diagnosis: Diagnosis | undefined;
  error: string | null;
  onRetry: () => void;
  row: SessionRow;
  signals: readonly Signal[];
  chosen: string | null;
  onChoose: (step: ChainStep) => void;
  onFrustration: (frustration: Frustration) => void;
  onSignal: (signal: Signal) => void;
}) {
  const [best, ...others] = diagnosis?.findings ?? [];
  return (
    <aside className="evidence" aria-label="Evidence" aria-busy={diagnosis === undefined && error === null}>
      <header className="pane-head">
        <h2>Evidence</h2>
      </header>
      <div className="evidence-body">
        {error !== null && <FailureLine what="This session could not be diagnosed." why={error} onRetry={onRetry} />}
        {diagnosis === undefined && error === null && <EvidenceSkeleton />}
        {diagnosis?.outcome === 'nothing-wrong' && <NothingWrong />}
        {best && (
          <article aria-label="Best explanation">
            <VerdictBadge verdict={best.verdict} />
            <h3 className="finding-title selectable">{best.title.replaceAll(' -> ', ' → ')}</h3>
            <FindingView finding={best} row={row} signals={signals} chosen={chosen} onChoose={onChoose} />
          </article>
        )}
        {diagnosis && diagnosis.frustrations.length > 0 && (
          <Frustrations frustrations={diagnosis.frustrations} startedAt={row.startedAt} onGo={onFrustration} />
        )}
        {diagnosis && <AskModel row={row} signals={signals} onGo={onSignal} />}
        {others.length > 0 && <h3>{formatMany(others.length, 'other explanation')}</h3>}
        {others.map((finding) => (
          <details key={finding.id} className="other-finding">
            <summary>
              <ChevronRight size={16} aria-hidden className="chevron" />
              <VerdictBadge verdict={finding.verdict} />
              <span>{finding.title.replaceAll(' -> ', ' → ')}</span>
            </summary>
            <FindingView finding={finding} row={row} signals={signals} chosen={chosen} onChoose={onChoose} />
          </details>
        ))}
      </div>
    </aside>
  );
}

const EvidenceSkeleton = () => (
  <div className="evidence-skeleton" aria-hidden>
    <span className="skeleton" />
    <span className="skeleton" />
    <span className="skeleton" />
    <span className="skeleton" />
  </div>
);
