import { useMemo } from 'react';
import type { Finding, Verdict } from '../../../shared/model/finding.ts';
import { Chain } from './chain.tsx';
import { type ChainStep, layoutChain } from './chain-layout.ts';

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

/** One finding in full: the chain, what speaks against it, what would have to be known. */
export function FindingView({
  finding,
  startedAt,
  chosen,
  onChoose,
}: {
  finding: Finding;
  startedAt: number;
  chosen: string | null;
  onChoose: (step: ChainStep) => void;
}) {
  const steps = useMemo(() => layoutChain(finding, startedAt), [finding, startedAt]);
  return (
    <>
      <Chain steps={steps} chosen={chosen} onChoose={onChoose} />
      {finding.against.length > 0 && (
        <>
          <h3>What speaks against it</h3>
          <ul className="bullets selectable">
            {finding.against.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {finding.missing.length > 0 && (
        <>
          <h3>What is missing to be sure</h3>
          <ul className="bullets selectable">
            {finding.missing.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
