import type { FactSource } from './clicks.ts';
import { type Draft, draft } from './draft.ts';
import { short } from './naming.ts';
import { pageName } from './urls.ts';

/** One signal for each event, tag and feature flag that the page told the recorder. */
export function trackDrafts({ generation, pages }: FactSource): Draft[] {
  return generation.captured.track.map(({ at, ref, value: told }) => {
    const { kind, name, value = null, data = {}, action = null } = told;
    return draft('track', {
      at,
      severity: 'info',
      page: pageName(pages.urlAt(generation.id, at)),
      text: short(kind === 'event' ? name : `${name} = ${value}`),
      window: generation.window,
      events: [ref],
      details: { type: kind, name, value, data, action },
    });
  });
}
