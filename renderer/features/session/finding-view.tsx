import { useMemo } from 'react';
import type { Finding, Verdict } from '../../../shared/model/finding.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import { AlikeSessions } from './alike-sessions.tsx';
import { Chain } from './chain.tsx';
import { type ChainStep, layoutChain } from './chain-layout.ts';
import { CopyFinding } from './copy-finding.tsx';

const VERDICT_LABELS: Readonly<Record<Verdict, { readonly word: string; readonly meaning: string }>> = {
  confirmed: { word: 'Confirmed', meaning: 'Every link that matters is a recorded fact.' },
  likely: { word: 'Likely', meaning: 'At least one link rests on time or likeness.' },
  inconclusive: { word: 'Inconclusive', meaning: 'The recording does not settle it.' },
};

/** How sure a finding is, as a word in its colour. */
export const VerdictBadge = ({ verdict }: { verdict: Verdict }) => (
  <span className={`badge badge-${verdict}`} title={VERDICT_LABELS[verdict].meaning}>
    {VERDICT_LABELS[verdict].word}
  </span>
);

const Bullets = ({ title, texts }: { title: string; texts: readonly string[] }) =>
  texts.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <ul className="bullets selectable">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );

/** One finding in full: the chain, what speaks against it, what would have to be known, and where else it was met. */
export function FindingView({
  finding,
  row,
  signals,
  chosen,
  onChoose,
}: {
  finding: Finding;
  row: SessionRow;
  signals: readonly Signal[];
  chosen: string | null;
  onChoose: (step: ChainStep) => void;
}) {
  const steps = useMemo(() => layoutChain(finding, row.startedAt), [finding, row.startedAt]);
  return (
    <>
      <Chain steps={steps} chosen={chosen} onChoose={onChoose} />
      <Bullets title="What speaks against it" texts={finding.against.map(({ text }) => text)} />
      <Bullets title="What is missing to be sure" texts={finding.missing} />
      <h3>Sessions like this one</h3>
      <AlikeSessions sessionKey={row.key} finding={finding} />
      <div className="finding-actions">
        <CopyFinding finding={finding} row={row} signals={signals} />
      </div>
    </>
  );
}
