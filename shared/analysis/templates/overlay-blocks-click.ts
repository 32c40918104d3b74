import type { Fact } from '../../facts/details.ts';
import { elementName } from '../../facts/naming.ts';
import { firstAfter } from '../../lib/ordering.ts';
import { generationOf } from '../case-file.ts';
import { type Edge, STRENGTH } from '../graph/index.ts';
import { responseTo } from '../responses.ts';
import { subject } from '../wording.ts';
import { faultTemplate, type Predicate, type Scene } from './fault-template.ts';
import { absenceLink, chainEdge, link, reactionLinks } from './links.ts';
import { absenceStrength, anyReaction } from './parts.ts';

interface Blocked {
  /** Clicks that the same element took from the same control. */
  readonly clicks: readonly Fact<'click'>[];
  readonly first: Fact<'click'>;
  readonly covered: NonNullable<Fact<'click'>['details']['covered']>;
  readonly edge: Edge;
}

/** One stray click beside a control, or on the backdrop of a dialog, is no fault; insisting is. */
const INSISTING_CLICKS = 2;

const receiverOf = (click: Fact<'click'>) => click.details.under[0] ?? click.element;

const blocked: Predicate<Blocked> = {
  name: 'another element received the clicks meant for a control',
  test: ({ edge }) => ({ strength: edge.strength, signals: edge.evidence }),
};

const insisted: Predicate<Blocked> = {
  name: 'the person insisted',
  test: ({ clicks }) =>
    clicks.length >= INSISTING_CLICKS ? { strength: STRENGTH.identity, signals: clicks.map(({ id }) => id) } : null,
};

const noEffect: Predicate<Blocked> = {
  name: 'the clicks had no effect',
  test({ clicks, first }, scene) {
    const dead = clicks.filter((click) => responseTo(click) === 'none');
    if (dead.length < INSISTING_CLICKS || dead.length * 2 < clicks.length) return null;
    const end = clicks.at(-1)?.at ?? first.at;
    return { strength: absenceStrength(scene, first.window, first.at, end), signals: dead.map(({ id }) => id) };
  },
};

const reachedLater: Predicate<Blocked> = {
  name: 'the control could be clicked later',
  test({ clicks, first, covered }, { recurrence }) {
    const worked = recurrence.workingClicks(`${generationOf(first)} ${covered.selector}`);
    const later = worked[firstAfter(worked, clicks.at(-1)?.at ?? first.at)];
    return later
      ? { strength: STRENGTH.key, signals: [later.id], text: `${elementName(covered)} could be clicked later` }
      : null;
  },
};

const reactions = ({ first }: Blocked, scene: Scene) => scene.reactionsTo(first);

/** Something lies over a control and takes its clicks. */
export const overlayBlocksClick = faultTemplate<Blocked>({
  fault: 'overlay-blocks-click',
  symptoms: ['rage-click', 'dead-click'],
  bind(symptom, { graph }) {
    if (!('clicks' in symptom)) return [];
    const first = symptom.clicks.find(({ details }) => details.covered !== null);
    const covered = first?.details.covered;
    const edge = first && graph.out(first.id, 'blocked')[0];
    if (!first || !covered || !edge) return [];
    const clicks = symptom.clicks.filter(({ details }) => details.covered?.selector === covered.selector);
    return [{ clicks, first, covered, edge }];
  },
  required: [blocked, insisted, noEffect],
  supporting: anyReaction(reactions),
  contradicting: [{ ...reachedLater, weight: 3 }],
  start: ({ first }) => first,
  root: ({ first, covered }) => `${generationOf(first)} ${receiverOf(first)?.selector} over ${covered.selector}`,
  tell(binding, scene) {
    const { first, covered, clicks, edge } = binding;
    const receiver = receiverOf(first);
    const found = reactions(binding, scene);
    const over = elementName({ selector: receiver?.selector ?? '' });
    const strength = absenceStrength(scene, first.window, first.at, first.at + 1000);
    return {
      title: `${subject(covered)} cannot be clicked: ${over} lies over it`,
      chain: [
        link('action', first.at, `Click where ${elementName(covered)} is`, [first], { node: covered.node }),
        link('effect', first.at, `${over} receives the click`, [first], {
          node: receiver?.node,
          edge: chainEdge(edge),
        }),
        absenceLink(first.at + 1, 'No visible effect within 1 s', clicks, strength),
        ...reactionLinks(scene, found),
      ],
      brief: [
        `click ${elementName(covered)}`,
        `taken by ${over}`,
        'no effect',
        ...found.slice(0, 1).map(({ brief }) => brief),
      ],
    };
  },
});
