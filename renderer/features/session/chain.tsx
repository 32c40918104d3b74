import { ArrowDownLeft, ArrowUpRight, Bug, Frown, type LucideIcon, MousePointerClick, ScanEye } from 'lucide-react';
import type { ChainLink } from '../../../shared/model/finding.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatDuration, formatGap } from '../../ui/format-duration.ts';
import { type ChainStep, type EdgeWeight, ROLE_WORDS } from './chain-layout.ts';

const ROLE_ICONS: Readonly<Record<ChainLink['role'], LucideIcon>> = {
  action: MousePointerClick,
  request: ArrowUpRight,
  response: ArrowDownLeft,
  error: Bug,
  effect: ScanEye,
  reaction: Frown,
};

const WEIGHT_WORDS: Readonly<Record<EdgeWeight, string>> = {
  fact: 'recorded fact',
  likeness: 'likeness',
  time: 'only nearness in time',
};

/** The causal chain, from the person's action down to their reaction. Every step goes to its moment and outlines its element. */
export const Chain = ({
  steps,
  chosen,
  onChoose,
}: {
  steps: readonly ChainStep[];
  /** Id of the step that was chosen last. */
  chosen: string | null;
  onChoose: (step: ChainStep) => void;
}) => (
  <ol className="chain" aria-label="Causal chain">
    {steps.map((step) => {
      const Icon = ROLE_ICONS[step.role];
      return (
        <li key={step.id} className={`chain-step role-${step.role}`}>
          {step.edge && (
            <p className={`chain-edge edge-${step.edge.weight}`}>
              <span className="selectable">{step.edge.why}</span>
              <span className="edge-facts">
                +{formatGap(step.edge.gapMs)} · {step.edge.rule} ·{' '}
                <span title={`Strength ${step.edge.strength} of 1: ${WEIGHT_WORDS[step.edge.weight]}`}>
                  {step.edge.strength.toFixed(1)}
                  <span className="visually-hidden"> of 1, {WEIGHT_WORDS[step.edge.weight]}</span>
                </span>
              </span>
            </p>
          )}
          <button
            type="button"
            className={classNames('chain-node', step.id === chosen && 'chosen')}
            aria-pressed={step.id === chosen}
            onClick={() => onChoose(step)}
          >
            <span className="chain-icon">
              <Icon size={14} aria-hidden />
            </span>
            <span className="chain-body">
              <span className="chain-head">
                <span>{ROLE_WORDS[step.role]}</span>
                <time>{formatDuration(step.atMs)}</time>
              </span>
              <span className="chain-text">{step.text}</span>
            </span>
          </button>
        </li>
      );
    })}
  </ol>
);
