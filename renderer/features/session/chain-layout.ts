import type { ChainLink, Finding } from '../../../shared/model/finding.ts';

/** How firmly two links hang together: a recorded fact, a strong likeness, or only nearness in time. */
export type EdgeWeight = 'fact' | 'likeness' | 'time';

/** One link of the chain as it is drawn. */
export interface ChainStep {
  /** Unique in the diagnosis, and the same when it is made again. */
  readonly id: string;
  readonly role: ChainLink['role'];
  /** Ms from the start of the session. */
  readonly atMs: number;
  readonly text: string;
  readonly node: number | null;
  readonly signals: readonly string[];
  /** Absent on the first link. */
  readonly edge: {
    readonly rule: string;
    readonly why: string;
    readonly strength: number;
    readonly weight: EdgeWeight;
    readonly gapMs: number;
  } | null;
}

/** Names of the roles. */
export const ROLE_WORDS: Readonly<Record<ChainLink['role'], string>> = {
  action: 'Action',
  request: 'Request',
  backend: 'Backend',
  response: 'Response',
  error: 'Error',
  effect: 'Effect',
  reaction: 'Reaction',
};

/** Who a link is about: one column of the picture each. */
export type Lane = 'person' | 'page' | 'server';

/** The columns, left to right. */
export const LANES: readonly Lane[] = ['person', 'page', 'server'];

/** Where a link is drawn. */
export const laneOf = (role: ChainLink['role']): Lane => LANE_OF[role];

const LANE_OF: Readonly<Record<ChainLink['role'], Lane>> = {
  action: 'person',
  request: 'server',
  backend: 'server',
  response: 'server',
  error: 'page',
  effect: 'page',
  reaction: 'person',
};

/**
 * Strengths as `ChainEdge` defines them: identity 1, token .9 and stack .8 are recorded facts, key .6 is a likeness, .1-.4
 * is nearness in time.
 */
export const weightOf = (strength: number): EdgeWeight =>
  strength >= 0.8 ? 'fact' : strength >= 0.5 ? 'likeness' : 'time';

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The chain of a finding, top to bottom. @param startedAt start of the session, ms since epoch */
export const layoutChain = ({ id, chain }: Pick<Finding, 'id' | 'chain'>, startedAt: number): readonly ChainStep[] =>
  chain.map((link, index) => {
    const before = chain[index - 1];
    return {
      id: `${id}/${index}`,
      role: link.role,
      atMs: Math.max(0, link.at - startedAt),
      text: link.text.replaceAll(' -> ', ' → '),
      node: link.node ?? null,
      signals: link.signals,
      edge:
        link.edge && before
          ? {
              ...link.edge,
              why: sentence(link.edge.why),
              weight: weightOf(link.edge.strength),
              gapMs: Math.max(0, link.at - before.at),
            }
          : null,
    };
  });
