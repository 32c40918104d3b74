import {
  AppWindow,
  ArrowDownLeft,
  ArrowUpRight,
  Bug,
  Frown,
  type LucideIcon,
  MousePointerClick,
  ScanEye,
  Server,
  ServerCrash,
  User,
} from 'lucide-react';
import type { CSSProperties } from 'react';
import type { ChainLink } from '../../../shared/model/finding.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatDuration, formatGap } from '../../ui/format-duration.ts';
import { type ChainStep, type EdgeWeight, LANES, type Lane, laneOf, ROLE_WORDS } from './chain-layout.ts';

const ROLE_ICONS: Readonly<Record<ChainLink['role'], LucideIcon>> = {
  action: MousePointerClick,
  request: ArrowUpRight,
  backend: ServerCrash,
  response: ArrowDownLeft,
  error: Bug,
  effect: ScanEye,
  reaction: Frown,
};

const LANE_ICONS: Readonly<Record<Lane, LucideIcon>> = { person: User, page: AppWindow, server: Server };
const LANE_WORDS: Readonly<Record<Lane, string>> = { person: 'Person', page: 'Page', server: 'Server' };

const WEIGHT_WORDS: Readonly<Record<EdgeWeight, string>> = {
  fact: 'recorded fact',
  likeness: 'likeness',
  time: 'only nearness in time',
};

/** Width of one lane of the picture, px; as in evidence.css. */
const LANE_PX = 24;
const middleOf = (role: ChainLink['role']): number => (LANES.indexOf(laneOf(role)) + 0.5) * LANE_PX;
const onLane = (role: ChainLink['role']): CSSProperties => ({ marginLeft: middleOf(role) - LANE_PX / 2 });

/** The line from one node to the next: the firmer the link, the thicker; dashed for likeness, dotted for time alone. */
function Line({ from, step }: { from: ChainStep; step: ChainStep }) {
  if (!step.edge) return null;
  const [x, y] = [middleOf(from.role), middleOf(step.role)];
  return (
    <svg
      className={`chain-line line-${step.edge.weight}`}
      viewBox={`0 0 ${LANES.length * LANE_PX} 100`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path
        d={`M${x} 0 C${x} 50 ${y} 50 ${y} 100`}
        strokeWidth={1 + 2.5 * step.edge.strength}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/**
 * The causal chain as a picture, from the person's action down to their reaction, each node on the lane of who did it.
 * Every node goes to its moment and outlines its element.
 */
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
  <>
    <p className="chain-lanes" aria-hidden>
      {LANES.map((lane) => {
        const Icon = LANE_ICONS[lane];
        return (
          <span key={lane} className="chain-lane" title={LANE_WORDS[lane]}>
            <Icon size={12} />
          </span>
        );
      })}
    </p>
    <ol className="chain" aria-label="Causal chain">
      {steps.map((step, index) => {
        const Icon = ROLE_ICONS[step.role];
        const before = steps[index - 1];
        return (
          <li key={step.id} className={`chain-step role-${step.role}`}>
            {step.edge && before && (
              <div className="chain-edge">
                <Line from={before} step={step} />
                <p>
                  <span className="selectable">{step.edge.why}</span>
                  <span className="edge-facts">
                    +{formatGap(step.edge.gapMs)} · {step.edge.rule} ·{' '}
                    <span title={`Strength ${step.edge.strength} of 1: ${WEIGHT_WORDS[step.edge.weight]}`}>
                      {step.edge.strength.toFixed(1)}
                      <span className="visually-hidden"> of 1, {WEIGHT_WORDS[step.edge.weight]}</span>
                    </span>
                  </span>
                </p>
              </div>
            )}
            <button
              type="button"
              className={classNames('chain-node', step.id === chosen && 'chosen')}
              aria-pressed={step.id === chosen}
              onClick={() => onChoose(step)}
            >
              <span className="chain-track">
                <span className="chain-icon" style={onLane(step.role)}>
                  <Icon size={14} aria-hidden />
                </span>
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
  </>
);
