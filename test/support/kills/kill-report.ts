/** What a round of kills did, and what it found wrong. */
export interface KillReport {
  /** Programs that were killed, by kind. */
  readonly counts: Record<string, number>;
  readonly failures: string[];
}

export const emptyReport = (): KillReport => ({ counts: {}, failures: [] });

/** Counts something that happened. */
export function note(report: KillReport, name: string, many = 1): void {
  report.counts[name] = (report.counts[name] ?? 0) + many;
}
