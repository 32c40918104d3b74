import type { Fact } from '../../facts/details.ts';
import { type Act, elementKey, endpointKey } from '../case-file.ts';
import { type Edge, STRENGTH } from '../graph/index.ts';
import { DOUBLE_CLICK_MS, SLOW_MS, UNLOAD_MS } from '../limits.ts';
import { isFailure, requestName } from '../outcome.ts';
import type { Reaction } from '../reactions.ts';
import { waitedUntil } from '../requests.ts';
import { actBrief, duration, subject } from '../wording.ts';
import { faultTemplate, type Predicate, type Scene } from './fault-template.ts';
import { absenceLink, actLink, link, reactionLinks, requestLink } from './links.ts';
import { absenceStrength, anyReaction, holdsAlong, NO_DOM } from './parts.ts';

interface Wait {
  readonly act: Act;
  readonly request: Fact<'request'>;
  readonly path: readonly Edge[];
  readonly until: number;
}

const led: Predicate<Wait> = { name: 'the act led to the request', test: ({ path }) => holdsAlong(path) };

const slow: Predicate<Wait> = {
  name: 'the answer took long',
  test: ({ request, until }) =>
    until - request.at >= SLOW_MS ? { strength: STRENGTH.identity, signals: [request.id] } : null,
};

const noFeedback: Predicate<Wait> = {
  name: 'nothing changed while waiting',
  test({ act, request, until }, scene) {
    const { domObserved, whileWaiting } = request.details;
    if (!domObserved) return NO_DOM;
    if (whileWaiting !== null && whileWaiting.firstMs < SLOW_MS) return null;
    if (act.kind === 'click' && act.details.effect?.navigated) return null;
    return { strength: absenceStrength(scene, act.window, act.at, until), signals: [act.id, request.id] };
  },
};

/** Reactions that fell into the wait; leaving counts only while the answer was still open. */
function impatience({ act, until }: Wait, scene: Scene): Reaction[] {
  return scene.reactionsTo(act, until).filter(({ kind, at }) => {
    if (kind === 'rage' || kind === 'repeat') return at > act.at - DOUBLE_CLICK_MS && at < until;
    return at <= until + UNLOAD_MS;
  });
}

const impatient: Predicate<Wait> = {
  name: 'the person did not wait',
  test(binding, scene) {
    const found = impatience(binding, scene);
    return found.length > 0 ? { strength: STRENGTH.identity, signals: found.flatMap(({ signals }) => signals) } : null;
  },
};

const failedToo: Predicate<Wait> = {
  name: 'the answer was a failure',
  test: ({ request }) =>
    isFailure(request)
      ? {
          strength: STRENGTH.identity,
          signals: [request.id],
          text: 'The request failed in the end; that may be the cause',
        }
      : null,
};

/** The answer takes long, the page gives no sign, and the person loses patience. */
export const slowWithoutFeedback = faultTemplate<Wait>({
  fault: 'slow-without-feedback',
  symptoms: ['long-wait'],
  bind(symptom, { file, graph }) {
    if (symptom.kind !== 'long-wait') return [];
    const { request } = symptom;
    const edge = graph.in(request.id, 'triggered')[0];
    if (!edge) return [];
    const direct = file.signal(edge.from) as Act;
    const submitted = direct.kind === 'submit' ? graph.in(direct.id, 'triggered')[0] : undefined;
    const act = submitted ? (file.signal(submitted.from) as Act) : direct;
    const path = submitted ? [submitted, edge] : [edge];
    return [{ act, request, path, until: waitedUntil(file, request) }];
  },
  required: [led, slow, noFeedback, impatient],
  supporting: anyReaction(impatience),
  contradicting: [{ ...failedToo, weight: 8 }],
  start: ({ act }) => act,
  root: ({ act, request }) => `${elementKey(act)} ${endpointKey(request)}`,
  tell(binding, scene) {
    const { act, request, path, until } = binding;
    const found = impatience(binding, scene);
    const wait = duration(until - request.at);
    const open = request.details.pending;
    return {
      title: `${subject(act.element)} gives no feedback: ${requestName(request)} ${open ? `has no answer after ${wait}` : `takes ${wait}`}`,
      chain: [
        actLink(act),
        requestLink(request, path),
        absenceLink(
          request.at + 1000,
          'Nothing changes on the page while waiting',
          [act, request],
          absenceStrength(scene, act.window, act.at, until),
        ),
        ...reactionLinks(scene, found),
        link('response', until, open ? `No answer within ${wait}` : `Answered after ${wait}`, [request], {
          edge: {
            rule: 'phases-of-one-request',
            strength: STRENGTH.identity,
            why: 'the recorder gave both the same id',
          },
        }),
      ],
      brief: [
        actBrief(act),
        `${requestName(request)} ${open ? 'no answer in' : 'takes'} ${wait}`,
        'no feedback',
        ...found.slice(0, 1).map(({ brief }) => brief),
      ],
    };
  },
});
