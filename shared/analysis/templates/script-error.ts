import type { Fact } from '../../facts/details.ts';
import { elementKey } from '../case-file.ts';
import { isBlamable, startedBy } from '../detectors/click-troubles.ts';
import { type Edge, STRENGTH } from '../graph/index.ts';
import { actBrief, errorBrief, subject } from '../wording.ts';
import { faultTemplate, type Predicate, type Scene } from './fault-template.ts';
import { absenceLink, actLink, errorLink, reactionLinks } from './links.ts';
import { absenceStrength, anyReaction, unanswered } from './parts.ts';

interface Thrown {
  readonly click: Fact<'click'>;
  readonly error: Fact<'error'>;
  readonly edge: Edge;
}

const threw: Predicate<Thrown> = {
  name: 'the click led to the error',
  test: ({ edge }) => ({ strength: edge.strength, signals: edge.evidence }),
};

const noRequest: Predicate<Thrown> = {
  name: 'no request is involved',
  test({ click, error, edge }, { file, graph }) {
    const askedFor = (request: string): boolean =>
      graph.in(request, 'triggered').some(({ strength }) => strength >= STRENGTH.loose);
    // An answer nobody asked for, that only came shortly before, does not stand against a click the recorder named.
    const ledHere = ({ type, from, strength }: Edge): boolean =>
      type !== 'triggered' && file.signal(from)?.kind === 'request' && (strength >= edge.strength || askedFor(from));
    const involved =
      graph.in(error.id).some(ledHere) ||
      startedBy(file, graph, click.id).some(
        ({ request, strength }) => strength >= STRENGTH.loose && isBlamable(file, request),
      );
    return involved ? null : { strength: STRENGTH.identity, signals: [click.id, error.id] };
  },
};

const noEffect: Predicate<Thrown> = {
  name: 'the person sees no effect',
  test: ({ click }, scene) => unanswered(scene, click),
};

const harmless: Predicate<Thrown> = {
  name: 'the same error did no harm at other times',
  test({ error }, { recurrence }) {
    const others = recurrence.harmlessErrors(error);
    if (others.length === 0) return null;
    const text = `The same error also came ${others.length} times where nothing was wrong`;
    return { strength: STRENGTH.key, signals: others.slice(0, 5).map(({ id }) => id), text };
  },
};

const reactions = ({ click }: Thrown, scene: Scene) => scene.reactionsTo(click);

/** The code that handles a click throws, and nothing happens. */
export const scriptError = faultTemplate<Thrown>({
  fault: 'script-error',
  symptoms: ['error-click', 'rage-click', 'dead-click'],
  bind(symptom, { file, graph }) {
    if (!('clicks' in symptom)) return [];
    return symptom.clicks.flatMap((click) =>
      graph.out(click.id, 'threw').flatMap((edge): Thrown[] => {
        const error = file.signal(edge.to);
        return error?.kind === 'error' ? [{ click, error: error as Fact<'error'>, edge }] : [];
      }),
    );
  },
  required: [threw, noRequest, noEffect],
  supporting: anyReaction(reactions),
  contradicting: [{ ...harmless, weight: 8 }],
  start: ({ click }) => click,
  root: ({ click, error }) => `${elementKey(click)} ${errorBrief(error)}`,
  tell(binding, scene) {
    const { click, error, edge } = binding;
    const found = reactions(binding, scene);
    return {
      title: `${subject(click.element)} does nothing: the code behind it throws ${errorBrief(error)}`,
      chain: [
        actLink(click),
        errorLink(error, edge),
        absenceLink(
          error.at + 1,
          'No visible effect within 1 s',
          [click, error],
          absenceStrength(scene, click.window, click.at, click.at + 1000),
        ),
        ...reactionLinks(scene, found),
      ],
      brief: [actBrief(click), errorBrief(error), 'no effect', ...found.slice(0, 1).map(({ brief }) => brief)],
    };
  },
});
