const MARK = 'traceflow:usable';

/** Notes the first moment at which the list shows what the library holds. Start-up is measured up to this mark. */
export function markUsable(): void {
  if (performance.getEntriesByName(MARK).length === 0) performance.mark(MARK);
}
