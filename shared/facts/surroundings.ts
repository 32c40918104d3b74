import type { FactSource } from './clicks.ts';
import type { StateDetails } from './details.ts';
import { type Draft, draft } from './draft.ts';
import { short } from './naming.ts';
import { pageName } from './urls.ts';

const NAMES: Readonly<Record<StateDetails['aspect'], string>> = {
  visibility: 'Page',
  connection: 'Connection',
  storage: 'Storage',
  worker: 'Service worker',
  clock: 'Computer',
};
/** Changes that get in a person's way. */
const TROUBLE: ReadonlySet<string> = new Set(['connection offline', 'worker failed']);

/** One signal for each change around the page: visibility, connection, storage, service worker, clock. */
export function stateDrafts({ generation, pages }: FactSource): Draft[] {
  return generation.captured.state.map(({ at, ref, value }) => {
    const { aspect, detail = null, durationMs = null, action = null } = value;
    const isTrouble = aspect === 'storage' || TROUBLE.has(`${aspect} ${value.value}`);
    return draft('state', {
      at,
      severity: isTrouble ? 'warning' : 'info',
      page: pageName(pages.urlAt(generation.id, at)),
      text: short(`${NAMES[aspect]} ${value.value}${detail === null ? '' : ` (${detail})`}`),
      window: generation.window,
      events: [ref],
      details: { aspect, value: value.value, detail, durationMs, action },
    });
  });
}
