import { buildPacket, type Checker, createChecker, sentTexts } from '../../shared/ai/index.ts';
import { diagnose } from '../../shared/analysis/index.ts';
import { deriveSession } from '../../shared/facts/index.ts';
import type { Diagnosis } from '../../shared/model/finding.ts';
import type { Signal } from '../../shared/model/signal.ts';
import type { SessionBuilder } from './session-builder.ts';

/** A built session as it is asked about: its facts, its packet, and the checker of answers about it. */
export interface AskedSession {
  readonly signals: readonly Signal[];
  readonly diagnosis: Diagnosis;
  readonly startedAt: number;
  readonly check: Checker;
}

/** Facts, packet and checker of a session, as the engine makes them. */
export function askedAbout(session: Pick<SessionBuilder, 'events'>): AskedSession {
  const { signals, summary } = deriveSession(session.events());
  const { startedAt, durationMs } = summary;
  const diagnosis = diagnose({ signals, startedAt, endedAt: startedAt + durationMs });
  const row = { startedAt, durationMs, user: null, release: null };
  const { packet } = buildPacket({ row, signals, diagnosis, question: '' });
  return {
    signals,
    diagnosis,
    startedAt,
    check: createChecker({ signals, diagnosis, startedAt, sent: sentTexts(packet) }),
  };
}
