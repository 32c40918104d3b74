import type { FactSource } from './clicks.ts';
import type { ConsoleDetails } from './details.ts';
import { type Draft, draft } from './draft.ts';
import { short } from './naming.ts';
import { pageName } from './urls.ts';

const SEVERITY = { debug: 'info', log: 'info', info: 'info', warn: 'warning', error: 'error' } as const;

/** One signal for each console message. */
export function consoleDrafts({ generation, pages }: FactSource): Draft[] {
  const recorded = generation.captured.console.map(({ at, ref, value }) => ({
    at,
    ref,
    details: {
      level: value.level,
      args: value.args,
      stack: value.stack ?? null,
      action: value.action ?? null,
      request: value.request ?? null,
    },
  }));
  const foreign = generation.own
    ? []
    : generation.foreign.console.map(({ at, ref, value }) => ({
        at,
        ref,
        details: { ...value, action: null, request: null },
      }));
  return [...recorded, ...foreign].map(
    ({ at, ref, details }: { at: number; ref: Draft['events'][number]; details: ConsoleDetails }) =>
      draft('console', {
        at,
        severity: SEVERITY[details.level],
        page: pageName(pages.urlAt(generation.id, at)),
        text: short(`console.${details.level}: ${details.args.join(' ')}`),
        window: generation.window,
        events: [ref],
        details,
      }),
  );
}
