import { useEffect, useState } from 'react';

/** The time, ms since epoch, again every `everyMs` while it is looked at. */
export function useNow(everyMs: number, active: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!active) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, active]);
  return now;
}
