import { groupBy } from '../lib/ordering.ts';
import { isBackendWindow } from '../model/identity.ts';
import type { PlacedEvent } from '../model/recorded-event.ts';
import type { Signal } from '../model/signal.ts';
import { readActs, submitCauses } from './acts.ts';
import { backendDrafts } from './backend/drafts.ts';
import { readBackends } from './backend/records.ts';
import { readCalls } from './calls.ts';
import { clickDrafts, type FactSource } from './clicks.ts';
import { consoleDrafts } from './console.ts';
import { indexDom } from './dom-index.ts';
import { type Draft, numbered } from './draft.ts';
import { errorDrafts } from './errors.ts';
import { formDrafts } from './forms.ts';
import { gapDrafts } from './gaps.ts';
import { inputDrafts } from './inputs.ts';
import { omissionDrafts } from './omissions.ts';
import { type Pages, readPages } from './pages.ts';
import { type GenerationRecord, readRecording } from './recording.ts';
import { requestDrafts } from './requests.ts';
import { streamDrafts } from './streams.ts';
import { type SessionSummary, summarise } from './summary.ts';
import { stateDrafts } from './surroundings.ts';
import { taskDrafts } from './tasks.ts';
import { readTimeline, type Timeline } from './timeline.ts';
import { trackDrafts } from './tracks.ts';
import { vitalDrafts } from './vitals.ts';

/**
 * Turns the recorded events of one session into its signals, in time order. Never throws for what a recording holds:
 * what does not read is left out and counted. The order of the input does not matter. Where the session begins and ends is
 * for its pages to say: the clocks of backends are others.
 */
export function deriveSession(events: readonly PlacedEvent[]): { signals: Signal[]; summary: SessionSummary } {
  const ofBackend = groupBy(events, ({ window }) => isBackendWindow(String(window)));
  const timeline = readTimeline(ofBackend.get(false) ?? []);
  const recording = readRecording(timeline);
  const pages = readPages(recording);
  const drafts: Draft[] = [...pages.drafts, ...gapDrafts(timeline, pages)];
  const navigations = groupBy(pages.drafts, (page) => page.window);
  for (const generation of recording.generations) {
    for (const made of draftsOf(generation, pages, navigations.get(generation.window) ?? [])) drafts.push(made);
  }
  const behind = readTimeline(ofBackend.get(true) ?? []);
  const { backends, misfits } = readBackends(behind.events);
  const { startedAt, endedAt } = spanOf(timeline.events.length > 0 ? timeline : behind);
  for (const made of backendDrafts(backends, { recording, pages, startedAt, endedAt, gaps: behind.gaps }))
    drafts.push(made);
  const signals = numbered(drafts);
  const summary = summarise(timeline, recording, signals);
  return {
    signals,
    summary: {
      ...{ ...summary, startedAt, durationMs: endedAt - startedAt, events: summary.events + behind.events.length },
      repeated: summary.repeated + behind.repeated,
      skipped: summary.skipped + behind.unreadable + misfits,
    },
  };
}

const spanOf = ({ events }: Timeline): { startedAt: number; endedAt: number } => {
  const startedAt = events[0]?.event.timestamp ?? 0;
  return { startedAt, endedAt: events.at(-1)?.event.timestamp ?? startedAt };
};

function draftsOf(generation: GenerationRecord, pages: Pages, navigations: readonly Draft[]): Draft[] {
  const calls = readCalls(generation);
  const acts = readActs(generation);
  const causes = submitCauses(generation);
  const byAction = groupBy(calls, ({ action }) => (action === null ? null : (causes.get(action) ?? action)));
  const source: FactSource = {
    generation,
    pages,
    dom: indexDom(generation, calls, acts.times),
    navigations,
    acts,
    leaderOf: (action) => causes.get(action),
    requestsOf: (action) => (byAction.get(action) ?? []).map(({ id }) => id),
  };
  return [
    ...clickDrafts(source),
    ...inputDrafts(source),
    ...requestDrafts(source, calls),
    ...consoleDrafts(source),
    ...errorDrafts(source),
    ...streamDrafts(source),
    ...formDrafts(source),
    ...vitalDrafts(source),
    ...taskDrafts(source),
    ...stateDrafts(source),
    ...trackDrafts(source),
    ...omissionDrafts(source),
  ];
}
