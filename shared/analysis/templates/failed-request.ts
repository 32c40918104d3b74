import type { Fact } from '../../facts/details.ts';
import { groupBy } from '../../lib/ordering.ts';
import { elementKey, endpointKey } from '../case-file.ts';
import { isBlamable, startedBy } from '../detectors/click-troubles.ts';
import { type Edge, STRENGTH } from '../graph/index.ts';
import { outcomeName, requestName } from '../outcome.ts';
import { laterSuccess } from '../requests.ts';
import type { Symptom } from '../symptoms.ts';
import { actBrief, subject } from '../wording.ts';
import { faultTemplate, type Holds, type Predicate, type Scene, type Unknown } from './fault-template.ts';
import {
  absenceLink,
  actLink,
  answerLink,
  backendLinks,
  errorLink,
  link,
  reactionLinks,
  requestLink,
} from './links.ts';
import { absenceStrength, anyReaction, holdsAlong, NO_DOM, unanswered } from './parts.ts';

interface FailedRequest {
  readonly act: Fact<'click'> | Fact<'submit'>;
  readonly request: Fact<'request'>;
  readonly path: readonly Edge[];
  /** What the page said to all calls of the endpoint that failed within the symptom: one may coincide with another change. */
  readonly answers: Answers;
}

interface Answers {
  readonly count: number;
  /** The first few. */
  readonly signals: readonly string[];
  readonly unseen: boolean;
  readonly silent: boolean;
  readonly told: boolean;
  /** At least one message has no other recorded cause. */
  readonly sole: boolean;
}

const SYMPTOMS = ['rage-click', 'dead-click', 'error-click', 'submit'] as const;

function bindFailures(symptom: Symptom, { file, graph }: Scene): FailedRequest[] {
  const acts = 'clicks' in symptom ? symptom.clicks : symptom.kind === 'submit' ? [symptom.submit] : [];
  const found = acts.flatMap((act) =>
    startedBy(file, graph, act.id)
      .filter(({ request, strength }) => strength >= STRENGTH.loose && isBlamable(file, request))
      .map(({ request, path }) => ({ act, request, path })),
  );
  const byEndpoint = groupBy(found, ({ request }) => endpointKey(request));
  return [...byEndpoint.values()].flatMap((calls) => {
    const answers = answersTo(calls.map(({ request }) => request));
    return calls.map((call) => ({ ...call, answers }));
  });
}

function answersTo(requests: readonly Fact<'request'>[]): Answers {
  const seen = requests.map(({ details }) => (details.domObserved ? (details.afterAnswer?.told ?? false) : undefined));
  return {
    count: requests.length,
    signals: requests.slice(0, 20).map(({ id }) => id),
    unseen: seen.includes(undefined),
    silent: seen.includes(false),
    told: !seen.includes(false) && !seen.includes(undefined),
    sole: requests.some(({ details }) => details.afterAnswer?.sole),
  };
}

const led: Predicate<FailedRequest> = { name: 'the act led to the request', test: ({ path }) => holdsAlong(path) };

const failed: Predicate<FailedRequest> = {
  name: 'the request failed',
  test: ({ request }) => ({ strength: STRENGTH.identity, signals: [request.id] }),
};

const silent: Predicate<FailedRequest> = {
  name: 'the page says nothing',
  test({ act, request, answers: { signals, silent: isSilent, unseen: isUnseen } }, scene): Holds | Unknown | null {
    if (isUnseen) {
      const { effect } = act.kind === 'click' ? act.details : { effect: null };
      const nothing = effect?.source === 'recorded' && effect.mutations === 0;
      return nothing ? { strength: STRENGTH.identity, signals } : NO_DOM;
    }
    const end = request.endAt ?? request.at;
    return isSilent ? { strength: absenceStrength(scene, act.window, end, end + 1000), signals } : null;
  },
};

const unseen: Predicate<FailedRequest> = {
  name: 'the person sees no effect',
  test({ act, request }, scene) {
    if (act.kind === 'click') return unanswered(scene, act);
    const { domObserved, whileWaiting, afterAnswer } = request.details;
    if (!domObserved) return NO_DOM;
    if (whileWaiting !== null || afterAnswer !== null) return null;
    return { strength: absenceStrength(scene, act.window, act.at, act.at + 1000), signals: [act.id, request.id] };
  },
};

const serious: Predicate<FailedRequest> = {
  name: 'the server or the network failed, not a check of what was typed',
  test: ({ request }) =>
    request.details.failure !== null || (request.details.status ?? 0) >= 500
      ? { strength: STRENGTH.identity, signals: [request.id] }
      : null,
};

const told: Predicate<FailedRequest> = {
  name: 'the page says something after each failure',
  test({ answers }) {
    if (!answers.told) return answers.unseen ? NO_DOM : null;
    return { strength: answers.sole ? STRENGTH.token : STRENGTH.time, signals: answers.signals };
  },
};

const logged: Predicate<FailedRequest> & { weight: number } = {
  name: 'an error names the request',
  weight: 1,
  test({ request }, { graph }) {
    const edge = graph.out(request.id, 'failed_with')[0];
    return edge ? { strength: edge.strength, signals: [edge.to] } : null;
  },
};

const explained: Predicate<FailedRequest> & { weight: number } = {
  name: 'the backend recorded what failed',
  weight: 2,
  test({ request }, { graph }) {
    const edge = graph.in(request.id, 'broke')[0];
    return edge ? { strength: edge.strength, signals: [edge.from] } : null;
  },
};

const harmlessElsewhere: Predicate<FailedRequest> = {
  name: 'the same failure did no harm at other times',
  test({ request }, { recurrence }) {
    const others = recurrence.harmlessFailures(request);
    const signals = others.slice(0, 6).flatMap(({ id }) => (id === request.id ? [] : [id]));
    if (signals.length === 0) return null;
    const text = `${requestName(request)} also failed (${outcomeName(request)}) where nothing was wrong, ${others.length} times`;
    return { strength: STRENGTH.key, signals, text };
  },
};

const mostlyHarmless: Predicate<FailedRequest> = {
  name: 'the same failure mostly does no harm',
  test: ({ request, answers }, { recurrence }) =>
    recurrence.harmlessFailures(request).length > answers.count ? { strength: STRENGTH.key, signals: [] } : null,
};

const madeGood: Predicate<FailedRequest> = {
  name: 'a later try succeeded',
  test({ request }, { file }) {
    const later = laterSuccess(file, request);
    return later
      ? { strength: STRENGTH.key, signals: [later.id], text: `A later ${requestName(request)} succeeded` }
      : null;
  },
};

const reactions = ({ act }: FailedRequest, scene: Scene) => scene.reactionsTo(act);
const root = ({ act, request }: FailedRequest): string => `${elementKey(act)} ${endpointKey(request)}`;
const contradicting = [
  { ...harmlessElsewhere, weight: 6 },
  { ...mostlyHarmless, weight: 'fatal' },
  { ...madeGood, weight: 3 },
] as const;

function begin({ act, request, path }: FailedRequest, { file, graph }: Scene) {
  const edge = graph.out(request.id, 'failed_with')[0];
  const trouble = edge && file.signal(edge.to);
  const error = trouble?.kind === 'error' || trouble?.kind === 'console' ? trouble : undefined;
  return [
    actLink(act),
    requestLink(request, path),
    ...backendLinks(request, graph, file),
    answerLink(request),
    ...(error ? [errorLink(error as Fact<'error'>, edge)] : []),
  ];
}

const failsWith = (request: Fact<'request'>): string =>
  request.details.failure === null || request.details.failure === 'parse'
    ? `${requestName(request)} answers ${outcomeName(request)}`
    : `${requestName(request)} fails (${outcomeName(request)})`;

/** What both kinds of failure have in common: whether the page said so is the difference. */
const FAILURE = {
  symptoms: SYMPTOMS,
  bind: bindFailures,
  supporting: [logged, explained, ...anyReaction(reactions)],
  contradicting,
  start: ({ act }: FailedRequest) => act,
  root,
};

/** A request failed, the code swallowed it, and the person sees nothing. */
export const serverErrorSwallowed = faultTemplate<FailedRequest>({
  fault: 'server-error-swallowed',
  ...FAILURE,
  required: [led, failed, silent, unseen],
  tell(binding, scene) {
    const { act, request } = binding;
    const found = reactions(binding, scene);
    const strength = absenceStrength(scene, act.window, act.at, act.at + 1000);
    return {
      title: `${subject(act.element)} does nothing: ${failsWith(request)} and the page shows no error`,
      chain: [
        ...begin(binding, scene),
        absenceLink((request.endAt ?? request.at) + 1, 'No visible effect within 1 s', [act, request], strength),
        ...reactionLinks(scene, found),
      ],
      brief: [
        actBrief(act),
        `${requestName(request)} ${outcomeName(request)}`,
        'no effect',
        ...found.slice(0, 1).map(({ brief }) => brief),
      ],
    };
  },
});

/** A request failed and the page said so. */
export const serverError = faultTemplate<FailedRequest>({
  fault: 'server-error',
  ...FAILURE,
  required: [led, failed, serious, told],
  tell(binding, scene) {
    const { act, request } = binding;
    const after = request.details.afterAnswer;
    const found = reactions(binding, scene);
    return {
      title: `${subject(act.element)} fails: ${failsWith(request)} and the page says so`,
      chain: [
        ...begin(binding, scene),
        link(
          'effect',
          (request.endAt ?? request.at) + (after?.firstMs ?? 0),
          'The page changes: a message',
          [request],
          {
            node: after?.node,
            edge: {
              rule: after?.sole ? 'only-cause-before-change' : 'change-after-answer',
              strength: after?.sole ? STRENGTH.token : STRENGTH.time,
              why: 'the page changed right after the failure',
            },
          },
        ),
        ...reactionLinks(scene, found),
      ],
      brief: [
        actBrief(act),
        `${requestName(request)} ${outcomeName(request)}`,
        'message shown',
        ...found.slice(0, 1).map(({ brief }) => brief),
      ],
    };
  },
});
