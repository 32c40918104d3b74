import { type MetricType, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import { cut, type Emit } from '../captured.ts';
import type { Clock } from '../clock.ts';
import type { Scope } from '../scope.ts';
import { selectorOf } from './selector.ts';

/** The entries' fields that the DOM's types do not have. */
interface Painted {
  readonly element?: Element | null;
}
interface Shifted {
  readonly value: number;
  readonly sources?: readonly { readonly node?: Node | null }[];
}

/** What a metric is about: its moment, and the element that was painted, used or shifted. */
function subjectOf({ name, entries, value }: MetricType): { readonly ms: number; readonly node?: Node | null } {
  const last = entries.at(-1);
  if (name === 'LCP') return { ms: last?.startTime ?? value, node: (last as Painted | undefined)?.element ?? null };
  if (name === 'INP') {
    const longest = (entries as PerformanceEventTiming[]).find(({ duration }) => duration === value) ?? last;
    return { ms: longest?.startTime ?? 0, node: (longest as PerformanceEventTiming | undefined)?.target ?? null };
  }
  if (name === 'CLS') {
    const shifts = entries as unknown as (PerformanceEntry & Shifted)[];
    const largest = shifts.reduce<(typeof shifts)[0] | undefined>(
      (most, shift) => (most && most.value >= shift.value ? most : shift),
      undefined,
    );
    return { ms: largest?.startTime ?? 0, node: largest?.sources?.[0]?.node ?? null };
  }
  return { ms: name === 'FCP' ? (last?.startTime ?? value) : value };
}

/** Records the Web Vitals of each showing of the page. */
export function captureVitals(scope: Scope, { emit, clock }: { readonly emit: Emit; readonly clock: Clock }): void {
  // The package has no way to be stopped: after `stop` it only measures in silence.
  const report = (metric: MetricType): void => {
    if (!scope.active) return;
    scope.run(() => {
      const { ms, node } = subjectOf(metric);
      const element = node instanceof Element ? node : node?.parentElement;
      emit('vital', {
        ...{ id: metric.id, name: metric.name, at: clock.at(ms) },
        value: metric.name === 'CLS' ? Math.round(metric.value * 1e4) / 1e4 : Math.round(metric.value),
        ...(element ? { selector: cut(selectorOf(element), 500) } : {}),
      });
    });
  };
  for (const on of [onTTFB, onFCP, onLCP, onCLS, onINP]) on(report);
}
