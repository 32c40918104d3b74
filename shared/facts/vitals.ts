import type { CapturedVital } from '../model/captured-performance.ts';
import type { Timed } from './captured-records.ts';
import type { FactSource } from './clicks.ts';
import type { VitalDetails } from './details.ts';
import { type Draft, draft } from './draft.ts';
import { pageName } from './urls.ts';

/** Up to where a value is good, and from where it is poor: web.dev/articles/vitals, at the 75th percentile of visits. */
const LIMITS: Readonly<Record<VitalDetails['name'], readonly [good: number, poor: number]>> = {
  LCP: [2500, 4000],
  INP: [200, 500],
  CLS: [0.1, 0.25],
  FCP: [1800, 3000],
  TTFB: [800, 1800],
};

/** How a value is called. */
export function ratingOf(name: VitalDetails['name'], value: number): VitalDetails['rating'] {
  const [good, poor] = LIMITS[name];
  return value <= good ? 'good' : value <= poor ? 'needs-improvement' : 'poor';
}

/** One signal for each metric of each showing of the page, with its latest value. */
export function vitalDrafts({ generation, pages }: FactSource): Draft[] {
  const byId = new Map<string, Timed<CapturedVital>[]>();
  for (const record of generation.captured.vital) {
    const key = `${record.value.name} ${record.value.id}`;
    byId.set(key, [...(byId.get(key) ?? []), record]);
  }
  return [...byId.values()].flatMap((records) => {
    const last = records.at(-1);
    if (!last) return [];
    const { name, value, selector } = last.value;
    const rating = ratingOf(name, value);
    // A paint before the recorder started belongs to the start of the recording.
    const at = Math.min(Math.max(last.value.at, generation.firstAt), generation.lastAt);
    return draft('vital', {
      at,
      severity: rating === 'poor' ? 'warning' : 'info',
      page: pageName(pages.urlAt(generation.id, at)),
      text: `${name} ${name === 'CLS' ? value.toFixed(3) : `${Math.round(value)} ms`} (${rating.replace('-', ' ')})`,
      window: generation.window,
      events: records.map(({ ref }) => ref),
      details: { name, value, rating, selector: selector ?? null },
    });
  });
}
