import type { FactSource } from './clicks.ts';
import { type Draft, draft } from './draft.ts';
import { short } from './naming.ts';
import { pageName } from './urls.ts';

const NAMES = { everything: 'Nothing', dom: 'The document', console: 'The console', events: 'Events' } as const;

/** One signal for each stretch that the recorder left out on purpose. */
export function omissionDrafts({ generation, pages }: FactSource): Draft[] {
  return generation.captured.omission.map(({ at: endAt, ref, value }) => {
    const { what, reason, count = null, since } = value;
    const at = Math.min(endAt, Math.max(generation.firstAt, since ?? endAt));
    const verb = what === 'everything' ? 'was recorded' : 'not recorded';
    return draft('omission', {
      at,
      ...(since === undefined ? {} : { endAt }),
      severity: 'info',
      page: pageName(pages.urlAt(generation.id, at)),
      text: short(`${NAMES[what]} ${verb}: ${reason}${count === null ? '' : ` (${count})`}`),
      window: generation.window,
      events: [ref],
      details: { what, reason, count },
    });
  });
}
