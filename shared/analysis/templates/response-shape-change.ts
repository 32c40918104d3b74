import type { Fact } from '../../facts/details.ts';
import { readAddress } from '../../facts/urls.ts';
import { type Act, endpointKey } from '../case-file.ts';
import { type Edge, STRENGTH } from '../graph/index.ts';
import { isMisuse, outcomeName, requestName } from '../outcome.ts';
import { actBrief, errorBrief } from '../wording.ts';
import { faultTemplate, type Predicate, type Scene } from './fault-template.ts';
import { absenceLink, actLink, answerLink, errorLink, reactionLinks, requestLink } from './links.ts';
import { absenceStrength, anyReaction, NO_DOM } from './parts.ts';

interface BrokenUse {
  readonly request: Fact<'request'>;
  readonly error: Fact<'error'> | Fact<'console'> | null;
  readonly errorEdge: Edge | null;
  /** Where it began: an act, or the page that asked. */
  readonly start: Act | Fact<'page'> | null;
  readonly path: readonly Edge[];
}

const misuse: Predicate<BrokenUse> = {
  name: 'the error is one of unexpected data',
  test({ error, request }) {
    if (error === null) return { strength: STRENGTH.identity, signals: [request.id] };
    return isMisuse(error) ? { strength: STRENGTH.identity, signals: [error.id] } : null;
  },
};

const used: Predicate<BrokenUse> = {
  name: 'it was thrown while the answer was used',
  test: ({ errorEdge, request }) =>
    errorEdge
      ? { strength: errorEdge.strength, signals: errorEdge.evidence }
      : { strength: STRENGTH.identity, signals: [request.id] },
};

const otherShape: Predicate<BrokenUse> = {
  name: 'the answer has another shape than one that worked',
  test({ request, error }, { recurrence }) {
    if (error === null) return { strength: STRENGTH.identity, signals: [request.id] };
    if (recurrence.sameShapeUsedWell(request)) return null;
    const other = recurrence.otherShapeBefore(request);
    if (other) return { strength: STRENGTH.identity, signals: [other.id, request.id] };
    // Nothing to compare with: that the data is at fault is the likeliest reading of such an error.
    return { strength: STRENGTH.key, signals: [request.id] };
  },
};

const comparable: Predicate<BrokenUse> & { weight: number } = {
  name: 'an earlier answer can be compared',
  weight: 3,
  test({ request, error }, { recurrence }) {
    if (error === null) return null;
    const other = recurrence.otherShapeBefore(request);
    if (other) return { strength: STRENGTH.identity, signals: [other.id] };
    return {
      missing:
        request.details.shape === null
          ? `the shape of the answer of ${requestName(request)}`
          : `an answer of ${requestName(request)} that the page could use, to compare its shape with`,
    };
  },
};

const notRendered: Predicate<BrokenUse> = {
  name: 'the page shows nothing of the answer',
  test(binding, scene) {
    const { request, error } = binding;
    const { domObserved, domChangedAfterConsumed, afterAnswer } = request.details;
    if (!domObserved) return NO_DOM;
    const at = error?.at ?? request.endAt ?? request.at;
    const strength = absenceStrength(scene, request.window, at, at + 1000);
    const later = error?.kind === 'error' ? error.details.domAfter : afterAnswer;
    const signals = [request.id, ...(error ? [error.id] : [])];
    const came = [domChangedAfterConsumed, later].filter(
      (change) => change !== null && change.added + change.texts > 0,
    );
    if (came.length === 0) return { strength, signals };
    if (came.every((change) => change?.contested)) return { strength: STRENGTH.time, signals };
    const reacted = reactions(binding, scene).some(({ kind }) => kind !== 'left' && kind !== 'ended');
    return reacted ? { strength: STRENGTH.time, signals: [request.id] } : null;
  },
};

const laterFine: Predicate<BrokenUse> = {
  name: 'a later answer was used without trouble',
  test({ request }, { file, graph }) {
    const later = file.successesOf(endpointKey(request)).at(-1);
    if (!later || later.at <= request.at || graph.out(later.id, 'threw').length > 0) return null;
    const text = `A later answer of ${requestName(request)} was used without an error`;
    return { strength: STRENGTH.key, signals: [later.id], text };
  },
};

const reactions = ({ start, request }: BrokenUse, scene: Scene) =>
  start && start.kind !== 'page' ? scene.reactionsTo(start, request.endAt) : [];

const place = ({ error, request }: BrokenUse): string => readAddress((error ?? request).page).path || 'The page';

/** An answer came, but not in the form the page's code expects: the code throws and nothing is shown. */
export const responseShapeChange = faultTemplate<BrokenUse>({
  fault: 'response-shape-change',
  symptoms: ['broken-use'],
  bind(symptom, { file, graph }) {
    if (symptom.kind !== 'broken-use') return [];
    const { request, error, edge } = symptom;
    const from = graph.in(request.id, 'triggered')[0] ?? graph.in(request.id, 'initiated')[0];
    const start = from ? file.signal(from.from) : undefined;
    return [
      {
        ...{ request, error, errorEdge: edge, path: from ? [from] : [] },
        start: start?.kind === 'request' ? null : ((start as Act | Fact<'page'> | undefined) ?? null),
      },
    ];
  },
  required: [used, misuse, otherShape, notRendered],
  supporting: [comparable, ...anyReaction(reactions)],
  contradicting: [{ ...laterFine, weight: 3 }],
  start: ({ start, request }) => start ?? request,
  root: ({ request, error }) => `${endpointKey(request)} ${error ? errorBrief(error) : 'parse'}`,
  tell(binding, scene) {
    const { request, error, errorEdge, start, path } = binding;
    const what = error ? errorBrief(error) : 'it cannot be read';
    const changed = error !== null && scene.recurrence.otherShapeBefore(request) !== undefined;
    const found = reactions(binding, scene);
    const at = error?.at ?? request.endAt ?? request.at;
    const answers = `${requestName(request)} answers ${error ? outcomeName(request) : (request.details.status ?? '')}`;
    return {
      title: `${place(binding)} breaks: ${answers} ${changed ? 'in a changed shape' : 'in a shape the page cannot use'} (${what})`,
      chain: [
        ...(start ? [actLink(start)] : []),
        requestLink(request, path),
        answerLink(request),
        ...(error ? [errorLink(error, errorEdge ?? undefined)] : []),
        absenceLink(
          at + 1,
          'Nothing of the answer is shown',
          error ? [request, error] : [request],
          absenceStrength(scene, request.window, at, at + 1000),
        ),
        ...reactionLinks(scene, found),
      ],
      brief: [
        ...(start ? [actBrief(start)] : []),
        `${requestName(request)} ${error ? outcomeName(request) : 'unreadable'}`,
        ...(error ? [errorBrief(error)] : []),
        'nothing rendered',
        ...found.slice(0, 1).map(({ brief }) => brief),
      ],
    };
  },
});
