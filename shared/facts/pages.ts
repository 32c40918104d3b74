import { lastAtOrBefore } from '../lib/ordering.ts';
import type { Timed } from './captured-records.ts';
import type { PageDetails } from './details.ts';
import { type Draft, draft } from './draft.ts';
import { short } from './naming.ts';
import type { GenerationRecord, Recording } from './recording.ts';
import { pageName, readAddress } from './urls.ts';

type Shown = Pick<PageDetails, 'url' | 'title' | 'change' | 'restored'>;

/** The addresses shown, as signals and as a question: where was this generation at that time? */
export interface Pages {
  readonly drafts: Draft[];
  /** Address in full; empty when the recording never says. */
  urlAt(generation: string, at: number): string;
}

/** Addresses of each window in order: one signal for each document loaded and for each change of the address. */
export function readPages(recording: Recording): Pages {
  const drafts: Draft[] = [];
  const shown = new Map<string, { at: number; url: string }[]>();
  const lastOfWindow = new Map<string, string>();
  for (const generation of recording.generations) {
    const urls: { at: number; url: string }[] = [];
    shown.set(generation.id, urls);
    let last: Draft | undefined;
    const how = generation.captured.navigation.find(({ value }) => value.kind === 'load')?.value.type ?? null;
    for (const source of sourcesOf(generation)) {
      const current = urls.at(-1)?.url;
      const url = readAddress(source.value.url, current).href;
      if (url === current && !source.value.restored) {
        // A second word on the same address (session record, then navigation, then Meta) is not a second page.
        last?.events.push(source.ref);
        continue;
      }
      const previous = lastOfWindow.get(generation.window) ?? null;
      urls.push({ at: source.at, url });
      lastOfWindow.set(generation.window, url);
      const isReload = how === null ? previous === url : how === 'reload';
      last = pageDraft(generation, source, url, previous, current === undefined && isReload);
      drafts.push(last);
    }
  }
  return {
    drafts,
    urlAt(generation, at) {
      const urls = shown.get(generation) ?? [];
      return (lastAtOrBefore(urls, at) ?? urls[0])?.url ?? '';
    },
  };
}

function sourcesOf(generation: GenerationRecord): Timed<Shown>[] {
  const { captured, foreign, metas } = generation;
  const recorded = [
    ...captured.session.map(({ at, ref, value }) => ({
      at,
      ref,
      value: { url: value.url, title: value.title ?? null, change: 'load' as const, restored: false },
    })),
    ...captured.navigation.flatMap(({ at, ref, value: { kind, url, title = null, cached = false } }) =>
      kind === 'leave' ? [] : [{ at, ref, value: { url, title, change: kind, restored: kind === 'pop' && cached } }],
    ),
  ];
  const fallback = [...metas, ...foreign.pages].map(({ at, ref, value }, index) => ({
    at,
    ref,
    value: { url: value, title: null, change: index === 0 ? ('load' as const) : ('push' as const), restored: false },
  }));
  return (recorded.length > 0 ? recorded : fallback).sort((a, b) => a.at - b.at || a.ref.seq - b.ref.seq);
}

const verbOf = ({ change, restored }: Shown, reload: boolean): string =>
  restored ? 'Back at' : reload ? 'Reload' : change === 'load' ? 'Open' : 'Go to';

function pageDraft(
  generation: GenerationRecord,
  source: Timed<Shown>,
  url: string,
  previous: string | null,
  reload: boolean,
): Draft {
  const page = pageName(url);
  return draft('page', {
    at: source.at,
    severity: 'info',
    page,
    text: short(`${verbOf(source.value, reload)} ${readAddress(url).path}`),
    window: generation.window,
    events: [source.ref],
    details: { ...source.value, url, previous, reload },
  });
}
