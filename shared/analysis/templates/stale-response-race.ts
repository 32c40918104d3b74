import type { Fact } from '../../facts/details.ts';
import { firstBetween } from '../../lib/ordering.ts';
import { type Act, endpointKey } from '../case-file.ts';
import { type Edge, STRENGTH } from '../graph/index.ts';
import { requestName } from '../outcome.ts';
import { actBrief, duration } from '../wording.ts';
import { faultTemplate, type Predicate } from './fault-template.ts';
import { actLink, chainEdge, link, requestLink } from './links.ts';

interface Race {
  readonly older: Fact<'request'>;
  readonly newer: Fact<'request'>;
  readonly order: Edge;
  readonly rendered: Edge;
  readonly act: Act | null;
  readonly path: readonly Edge[];
}

const usedAt = ({ details, at }: Fact<'request'>): number => details.consumedAt ?? at;

const outOfOrder: Predicate<Race> = {
  name: 'the answer to the earlier question was used after that to the later one',
  test: ({ order }) => ({ strength: order.strength, signals: order.evidence }),
};

const shown: Predicate<Race> = {
  name: 'the older answer changed the page',
  test: ({ rendered }) => ({ strength: rendered.strength, signals: rendered.evidence }),
};

/** Lists and dashboards load their parts side by side: those may come in any order. */
const sideBySide: Predicate<Race> = {
  name: 'both were asked for at once',
  test({ older, newer }, { file, graph }) {
    const [a, b] = [older, newer].map((request) => graph.in(request.id, 'triggered')[0]?.from);
    const act = a === undefined ? undefined : file.signal(a);
    // A run of typing is one act with many questions.
    if (act?.kind === 'input' && a === b) return null;
    if (a !== undefined && a === b) return { strength: STRENGTH.identity, signals: [a] };
    const between = firstBetween(file.acts(newer.window), older.at, newer.at);
    return a === undefined && b === undefined && !between ? { strength: STRENGTH.key, signals: [] } : null;
  },
};

const corrected: Predicate<Race> = {
  name: 'a later answer put it right',
  test({ older, newer }, { recurrence }) {
    const later = recurrence.lastOfAddress(newer);
    if (!later || usedAt(later) <= usedAt(older)) return null;
    const after = duration(usedAt(later) - usedAt(older));
    return { strength: STRENGTH.key, signals: [later.id], text: `The right answer was shown ${after} later` };
  },
};

/** An old answer arrives late and replaces the one the person asked for. */
export const staleResponseRace = faultTemplate<Race>({
  fault: 'stale-response-race',
  symptoms: ['stale-content'],
  bind(symptom, { file, graph }) {
    if (symptom.kind !== 'stale-content') return [];
    const { older, newer, edge } = symptom;
    const rendered = graph.out(older.id, 'rendered')[0];
    const from = graph.in(newer.id, 'triggered')[0];
    const act = from ? (file.signal(from.from) as Act | undefined) : undefined;
    return rendered ? [{ older, newer, order: edge, rendered, act: act ?? null, path: from ? [from] : [] }] : [];
  },
  required: [outOfOrder, shown],
  supporting: [],
  contradicting: [
    { ...sideBySide, weight: 'fatal' },
    { ...corrected, weight: 3 },
  ],
  start: ({ act, newer }) => act ?? newer,
  root: ({ older }) => endpointKey(older),
  tell({ older, newer, order, rendered, act, path }) {
    const name = requestName(older);
    const lateMs = usedAt(older) - usedAt(newer);
    const change = older.details.domChangedAfterConsumed;
    return {
      title: `Old results replace new ones: ${name} is answered out of order and the page shows whichever answer comes last`,
      chain: [
        ...(act ? [actLink(act)] : []),
        requestLink(newer, path),
        link('response', usedAt(newer), `The answer to the later ${name} is used`, [newer], {
          edge: {
            rule: 'phases-of-one-request',
            strength: STRENGTH.identity,
            why: 'the recorder gave both the same id',
          },
        }),
        link(
          'response',
          usedAt(older),
          `The answer to the earlier one is used ${duration(lateMs)} after it`,
          [older, newer],
          {
            edge: chainEdge(order),
          },
        ),
        link('effect', usedAt(older) + (change?.firstMs ?? 0), 'The page shows the older answer', [older], {
          node: change?.node,
          edge: chainEdge(rendered),
        }),
      ],
      brief: [...(act ? [actBrief(act)] : []), `${name} answered out of order`, 'older answer shown'],
    };
  },
});
