import type { Signal } from '../model/signal.ts';
import { type Fact, isFact } from './details.ts';
import type { Recording } from './recording.ts';
import type { Timeline } from './timeline.ts';

/** What the library shows of one session, from the recording alone. Times are ms since epoch. */
export interface SessionSummary {
  readonly startedAt: number;
  readonly durationMs: number;
  readonly entryUrl: string;
  readonly exitUrl: string;
  /** Name, or else id, that the page gave; null when it gave none. */
  readonly user: string | null;
  readonly userAgent: string | null;
  readonly release: string | null;
  /** Distinct readable events. */
  readonly events: number;
  readonly clicks: number;
  /** Uncaught errors and unhandled rejections; what was caught, not loaded or forbidden by a policy is not counted. */
  readonly errors: number;
  /** Requests answered with 400 or more, or not at all; aborted ones and beacons are not counted. */
  readonly failedRequests: number;
  /** Events that came more than once and were dropped. */
  readonly repeated: number;
  /** Events that could not be read: without time or place, or not of the form our SDKs promise. */
  readonly skipped: number;
}

/** Sums a session up. An empty recording starts at 0 and lasts 0 ms. */
export function summarise(timeline: Timeline, recording: Recording, signals: readonly Signal[]): SessionSummary {
  const startedAt = timeline.events[0]?.event.timestamp ?? 0;
  const session = recording.generations.flatMap(({ captured }) => captured.session.map(({ value }) => value));
  const pages = signals.filter((signal) => isFact(signal, 'page'));
  const user = session.findLast((value) => value.user)?.user;
  const failed = signals.filter(
    (signal) =>
      isFact(signal, 'request') &&
      signal.details.api !== 'beacon' &&
      signal.details.failure !== 'aborted' &&
      (signal.details.failure !== null || (signal.details.status ?? 0) >= 400),
  );
  return {
    startedAt,
    durationMs: (timeline.events.at(-1)?.event.timestamp ?? startedAt) - startedAt,
    entryUrl: pages[0]?.details.url ?? '',
    exitUrl: pages.at(-1)?.details.url ?? '',
    user: user?.name ?? user?.id ?? null,
    userAgent: session.at(-1)?.userAgent ?? null,
    release: session.findLast((value) => value.release)?.release ?? null,
    events: timeline.events.length,
    clicks: signals.filter((signal) => signal.kind === 'click').length,
    errors: signals.filter((signal) => isFact(signal, 'error') && isUncaught(signal)).length,
    failedRequests: failed.length,
    repeated: timeline.repeated,
    skipped: timeline.unreadable + recording.misfits,
  };
}

const isUncaught = ({ details }: Fact<'error'>): boolean =>
  (details.type === 'error' || details.type === 'rejection') && !details.handled;
