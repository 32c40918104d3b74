import type { Fact } from '../../facts/details.ts';
import { elementName } from '../../facts/naming.ts';
import { elementKey } from '../case-file.ts';
import { startedBy } from '../detectors/click-troubles.ts';
import { STRENGTH } from '../graph/index.ts';
import { DEAD_CLICKS } from '../limits.ts';
import { isTelemetry } from '../outcome.ts';
import { responseTo } from '../responses.ts';
import { actBrief, subject } from '../wording.ts';
import { faultTemplate, type Predicate, type Scene } from './fault-template.ts';
import { absenceLink, actLink, reactionLinks } from './links.ts';
import { absenceStrength, anyReaction } from './parts.ts';

interface DeadControl {
  readonly first: Fact<'click'>;
  /** Clicks on it without any effect. */
  readonly dead: readonly Fact<'click'>[];
}

/** Weaker links than this do not count as something the click did. */
const COUNTS_FROM = 0.3;

const dead: Predicate<DeadControl> = {
  name: 'several clicks on a control had no effect',
  test({ dead: clicks, first }, scene) {
    if (clicks.length < DEAD_CLICKS || !first.details.interactive) return null;
    const recorded = clicks.every(({ details }) => details.effect?.source === 'recorded');
    const end = clicks.at(-1)?.at ?? first.at;
    const absence = absenceStrength(scene, first.window, first.at, end + 1000);
    return { strength: recorded ? absence : Math.min(absence, STRENGTH.key), signals: clicks.map(({ id }) => id) };
  },
};

const nothing: Predicate<DeadControl> = {
  name: 'nothing was recorded in answer',
  test({ dead: clicks }, { file, graph }) {
    const did = clicks.some(
      ({ id }) =>
        startedBy(file, graph, id).some(({ request, strength }) => strength >= COUNTS_FROM && !isTelemetry(request)) ||
        graph.out(id, 'threw').some(({ strength }) => strength >= COUNTS_FROM),
    );
    return did ? null : { strength: STRENGTH.identity, signals: clicks.map(({ id }) => id) };
  },
};

const disabled: Predicate<DeadControl> = {
  name: 'the control was disabled',
  test: ({ first }) =>
    first.details.disabled
      ? { strength: STRENGTH.identity, signals: [first.id], text: `${elementName(first.element)} was disabled` }
      : null,
};

const workedElsewhen: Predicate<DeadControl> = {
  name: 'the same control worked at another time',
  test({ first }, { recurrence }) {
    const worked = recurrence.workingClicks(elementKey(first))[0];
    return worked
      ? { strength: STRENGTH.key, signals: [worked.id], text: `${elementName(first.element)} worked at another time` }
      : null;
  },
};

const reactions = ({ first }: DeadControl, scene: Scene) => scene.reactionsTo(first);

/** A control that does nothing at all: no handler, or one that returns early. */
export const deadControl = faultTemplate<DeadControl>({
  fault: 'dead-control',
  symptoms: ['rage-click', 'dead-click'],
  bind(symptom) {
    if (!('clicks' in symptom)) return [];
    const clicks = symptom.clicks.filter(
      (click) => click.details.covered === null && !click.details.editable && responseTo(click) === 'none',
    );
    const first = clicks[0];
    return first ? [{ first, dead: clicks.filter((click) => elementKey(click) === elementKey(first)) }] : [];
  },
  required: [dead, nothing],
  supporting: anyReaction(reactions),
  contradicting: [
    { ...disabled, weight: 5 },
    { ...workedElsewhen, weight: 2 },
  ],
  start: ({ first }) => first,
  root: ({ first }) => elementKey(first),
  tell(binding, scene) {
    const { first, dead: clicks } = binding;
    const found = reactions(binding, scene);
    const end = clicks.at(-1)?.at ?? first.at;
    return {
      title: `${subject(first.element)} does nothing: no request, error or change answers its clicks`,
      chain: [
        actLink(first),
        absenceLink(
          first.at + 1,
          'No request, no error, no visible effect within 1 s',
          clicks,
          absenceStrength(scene, first.window, first.at, end + 1000),
        ),
        ...reactionLinks(scene, found),
      ],
      brief: [actBrief(first), 'nothing happens', ...found.slice(0, 1).map(({ brief }) => brief)],
    };
  },
});
