import { ANALYSIS_VERSION, diagnose } from '../../../shared/analysis/index.ts';
import { deriveSession as deriveFacts, FACTS_VERSION } from '../../../shared/facts/index.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { DerivedSession, RecordingLayout } from '../store/store-api.ts';
import { activityOf } from './activity.ts';
import { readSession } from './read-session.ts';

/** Facts and diagnosis of one stored recording. The same recording and the same code give the same answer anywhere. */
export function deriveSession(key: SessionKey, layout: RecordingLayout): DerivedSession {
  const { events, notice } = readSession(layout);
  const { signals, summary } = deriveFacts(events);
  const diagnosis = diagnose({
    signals,
    startedAt: summary.startedAt,
    endedAt: summary.startedAt + summary.durationMs,
  });
  return {
    key,
    chunks: layout.chunks.length,
    factsVersion: FACTS_VERSION,
    analysisVersion: ANALYSIS_VERSION,
    facts: summary,
    signals,
    diagnosis,
    activity: activityOf(signals, summary.startedAt, summary.durationMs),
    notice,
  };
}
