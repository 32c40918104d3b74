import type { Fact } from '../../facts/details.ts';
import { type Edge, STRENGTH } from '../graph/index.ts';
import type { Reaction } from '../reactions.ts';
import { responseTo } from '../responses.ts';
import type { Holds, Predicate, Scene, Unknown } from './fault-template.ts';

/** How much an absence is worth: a fact where the recording is whole, a guess where events are missing. */
export const absenceStrength = (scene: Scene, window: string, from: number, to: number): number =>
  scene.file.gapIn(window, from, to) ? STRENGTH.time : STRENGTH.identity;

/** A path of edges holds as well as its weakest one. */
export const holdsAlong = (path: readonly Edge[]): Holds | null =>
  path.length === 0
    ? null
    : {
        strength: Math.min(...path.map(({ strength }) => strength)),
        signals: path.flatMap(({ evidence }) => evidence),
      };

/** Rage, or clicking again: the person saw that nothing had happened. */
export const insists = (reactions: readonly Reaction[]): boolean =>
  reactions.some(({ kind }) => kind === 'rage' || kind === 'repeat');

/** What is missing when nobody recorded the page around an act. */
export const NO_DOM: Unknown = { missing: 'what changed on the page after the act (the DOM was not recorded then)' };

/** A click after which the person saw nothing, or nothing but a busy button that they then clicked again. */
export function unanswered(scene: Scene, click: Fact<'click'>): Holds | Unknown | null {
  const response = responseTo(click);
  const strength = absenceStrength(scene, click.window, click.at, click.at + 1000);
  if (response === 'unknown') return NO_DOM;
  if (response === 'none') return { strength, signals: [click.id] };
  const again = insists(scene.reactionsTo(click));
  if (response === 'busy' && again) return { strength, signals: [click.id] };
  // Something did change, but the person clicked on and on: what changed may have been something else.
  return response === 'visible' && scene.rageOf(click.id) ? { strength: STRENGTH.time, signals: [click.id] } : null;
}

/** The person reacted; each kind weighs what it is worth. */
export const reacted = <B>(
  reactions: (binding: B, scene: Scene) => readonly Reaction[],
  kind: Reaction['kind'],
  weight: number,
): Predicate<B> & { readonly weight: number } => ({
  name: `reaction: ${kind}`,
  weight,
  test: (binding, scene) => {
    const found = reactions(binding, scene).find((reaction) => reaction.kind === kind);
    return found ? { strength: STRENGTH.key, signals: found.signals } : null;
  },
});

/** All reactions as supporting predicates. */
export const anyReaction = <B>(reactions: (binding: B, scene: Scene) => readonly Reaction[]) => [
  reacted(reactions, 'rage', 4),
  reacted(reactions, 'repeat', 2),
  reacted(reactions, 'reload', 3),
  reacted(reactions, 'left', 1),
  reacted(reactions, 'ended', 1),
];
