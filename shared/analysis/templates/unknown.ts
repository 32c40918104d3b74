import type { Fact } from '../../facts/details.ts';
import { elementKey } from '../case-file.ts';
import { STRENGTH } from '../graph/index.ts';
import { actBrief, subject } from '../wording.ts';
import { faultTemplate, type Scene, type Unknown } from './fault-template.ts';
import { actLink, reactionLinks } from './links.ts';

interface Unexplained {
  readonly first: Fact<'click'>;
  readonly clicks: readonly Fact<'click'>[];
}

/** What would have to be recorded to say more, the most telling first. */
function missingFor({ first }: Unexplained, { file }: Scene): Unknown {
  if (first.details.effect === null) return { missing: 'what changed on the page after the clicks' };
  if (file.requests.length === 0) return { missing: 'network requests' };
  if (first.details.action === null) return { missing: 'which requests and errors the clicks led to' };
  if (first.details.under.length === 0) return { missing: 'what lay under the pointer' };
  return { missing: 'what the clicks were meant to do: nothing recorded explains them' };
}

/** Rage that no other template explains: said as it is. */
export const unknownCause = faultTemplate<Unexplained>({
  fault: 'unknown',
  symptoms: ['rage-click'],
  bind(symptom) {
    const first = 'clicks' in symptom ? symptom.clicks[0] : undefined;
    return first && 'clicks' in symptom ? [{ first, clicks: symptom.clicks }] : [];
  },
  required: [
    {
      name: 'the person was angry',
      test: ({ clicks }) => ({ strength: STRENGTH.identity, signals: clicks.map(({ id }) => id) }),
    },
    { name: 'a cause is recorded', test: missingFor },
  ],
  supporting: [],
  contradicting: [],
  start: ({ first }) => first,
  root: ({ first }) => elementKey(first),
  tell({ first }, scene) {
    const reactions = scene.reactionsTo(first);
    return {
      title: `${subject(first.element)} is clicked again and again, and nothing recorded says why`,
      chain: [actLink(first), ...reactionLinks(scene, reactions)],
      brief: [actBrief(first), ...reactions.slice(0, 1).map(({ brief }) => brief), 'cause not recorded'],
    };
  },
});
