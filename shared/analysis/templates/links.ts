import type { Fact } from '../../facts/details.ts';
import { short } from '../../facts/naming.ts';
import type { ChainLink } from '../../model/finding.ts';
import type { Signal } from '../../model/signal.ts';
import type { CaseFile } from '../case-file.ts';
import type { Edge, EvidenceGraph } from '../graph/index.ts';
import { STRENGTH } from '../graph/index.ts';
import { isFailure, outcomeName, requestName } from '../outcome.ts';
import type { Reaction } from '../reactions.ts';
import { duration, errorBrief } from '../wording.ts';
import type { Scene } from './fault-template.ts';

type ChainEdge = NonNullable<ChainLink['edge']>;

const MAX_SIGNALS = 20;

/** The part of a graph edge a chain shows. */
export const chainEdge = ({ rule, strength, why }: Edge): ChainEdge => ({ rule, strength, why });

/** A link that stands on signals. */
export function link(
  role: ChainLink['role'],
  at: number,
  text: string,
  signals: readonly Pick<Signal, 'id' | 'events' | 'element'>[],
  more: { readonly edge?: ChainEdge | undefined; readonly node?: number | undefined } = {},
): ChainLink {
  const node = more.node ?? signals[0]?.element?.node ?? -1;
  const kept = signals.slice(0, MAX_SIGNALS);
  return {
    role,
    at,
    text,
    signals: kept.map(({ id }) => id),
    events: kept.flatMap(({ events }) => events),
    ...(node >= 0 ? { node } : {}),
    ...(more.edge ? { edge: more.edge } : {}),
  };
}

/** The act a chain begins with. */
export const actLink = (act: Signal | Fact<'click'> | Fact<'submit'> | Fact<'input'> | Fact<'page'>): ChainLink =>
  link('action', act.at, act.text, [act]);

/** The request an act led to. A path over a submit shows its last, weakest and only visible step. */
export function requestLink(request: Fact<'request'>, path: readonly Edge[]): ChainLink {
  const weakest = path.toSorted((a, b) => a.strength - b.strength)[0];
  return link('request', request.at, requestName(request), [request], { edge: weakest && chainEdge(weakest) });
}

/** What went wrong in the backend while it answered, as far as that was recorded. */
export function backendLinks(request: Fact<'request'>, graph: EvidenceGraph, file: CaseFile): ChainLink[] {
  return graph.in(request.id, 'broke').flatMap((edge): ChainLink[] => {
    const cause = file.signal(edge.from);
    return cause ? [link('backend', cause.at, short(cause.text, 160), [cause], { edge: chainEdge(edge) })] : [];
  });
}

/** The answer to it. */
export function answerLink(request: Fact<'request'>): ChainLink {
  const { durationMs, shape } = request.details;
  const after = durationMs === null ? '' : ` after ${duration(durationMs)}`;
  const body = shape !== null && !isFailure(request) ? `, body ${shape}` : '';
  return link('response', request.endAt ?? request.at, `${outcomeName(request)}${after}${body}`, [request], {
    edge: { rule: 'phases-of-one-request', strength: STRENGTH.identity, why: 'the recorder gave both the same id' },
  });
}

/** An error, by the edge that leads to it. */
export const errorLink = (trouble: Fact<'error'> | Fact<'console'>, edge: Edge | undefined): ChainLink =>
  link('error', trouble.at, errorBrief(trouble), [trouble], { edge: edge && chainEdge(edge) });

/** Something that did not happen, with the signals it was looked up in. */
export const absenceLink = (
  at: number,
  text: string,
  lookedUpIn: readonly Pick<Signal, 'id' | 'events' | 'element'>[],
  strength: number,
): ChainLink =>
  link('effect', at, text, lookedUpIn, {
    edge: {
      rule: 'looked-up-absence',
      strength,
      why: 'the recording of that time was searched and holds no such change',
    },
  });

/** What the person did then. */
export function reactionLinks(scene: Scene, reactions: readonly Reaction[]): ChainLink[] {
  return reactions.slice(0, 2).map(({ at, text, signals, kind }) =>
    link(
      'reaction',
      at,
      text,
      signals.slice(0, MAX_SIGNALS).flatMap((id) => scene.file.signal(id) ?? []),
      {
        edge: {
          rule: kind === 'rage' || kind === 'repeat' ? 'same-element-again' : 'next-in-window',
          strength: kind === 'rage' || kind === 'repeat' ? STRENGTH.key : STRENGTH.time,
          why:
            kind === 'rage' || kind === 'repeat' ? 'the same element was clicked again' : 'it came next in this window',
        },
      },
    ),
  );
}
