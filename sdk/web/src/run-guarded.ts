/** A guest does not fill its host's log: so many distinct failures are told. */
const MAX_REPORTED = 20;

/** Runs our own code: what it throws is reported, not thrown. @param report is told each distinct failure once. */
export function createGuardedRun(report: (message: string) => void): <T>(body: () => T) => T | undefined {
  const reported = new Set<string>();
  return (body) => {
    try {
      return body();
    } catch (error) {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
      if (!reported.has(message) && reported.size < MAX_REPORTED) {
        reported.add(message);
        report(message);
      }
      return undefined;
    }
  };
}
