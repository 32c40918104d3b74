const pad = (value: number): string => String(value).padStart(2, '0');

/** A duration or offset in ms as `1:02:03.4`; hours only when there are some, tenths rounded down so that time never runs ahead. */
export function formatDuration(durationMs: number): string {
  const tenths = Math.floor(Math.max(0, durationMs) / 100);
  const seconds = Math.floor(tenths / 10);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const tail = `${pad(seconds % 60)}.${tenths % 10}`;
  return hours > 0 ? `${hours}:${pad(minutes % 60)}:${tail}` : `${minutes}:${tail}`;
}

/** The distance between two moments as people say it: `340 ms`, `2.4 s`, `1:05 min`. */
export function formatGap(gapMs: number): string {
  const ms = Math.max(0, Math.round(gapMs));
  if (ms < 1000) return `${ms} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)} min`;
}
