import { type Draft, draft } from './draft.ts';
import type { Pages } from './pages.ts';
import { refOf } from './recording.ts';
import type { Timeline } from './timeline.ts';
import { pageName } from './urls.ts';

/** One signal for each stretch of recorded events that never arrived. */
export function gapDrafts(timeline: Pick<Timeline, 'gaps'>, pages: Pages): Draft[] {
  return timeline.gaps.map(({ firstSeq, lastSeq, before, after }) => {
    const missing = lastSeq - firstSeq + 1;
    const edge = before ?? after;
    return draft('gap', {
      at: Math.min(edge.event.timestamp, after.event.timestamp),
      endAt: Math.max(edge.event.timestamp, after.event.timestamp),
      severity: 'warning',
      page: pageName(pages.urlAt(after.generation, edge.event.timestamp)),
      text: `${missing} recorded ${missing === 1 ? 'event is' : 'events are'} missing`,
      window: after.window,
      events: before ? [refOf(before), refOf(after)] : [refOf(after)],
      details: { missing, firstSeq, lastSeq },
    });
  });
}
