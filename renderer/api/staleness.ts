import type { EngineCallName } from './engine.ts';
import type { StoreChange } from './store-changes.ts';

/** Whether an answer to `name` may be another one after `change`. Jobs have an event of their own. */
export function isStaleAfter(change: StoreChange, name: EngineCallName): boolean {
  const [noun] = name.split('.');
  if (noun === 'sessions') return change.sessions || change.marks;
  if (noun === 'recording' || noun === 'findings') return change.sessions;
  if (noun === 'notes' || noun === 'tags') return change.marks || change.sessions;
  if (noun === 'servers' || noun === 'localServer') return change.servers;
  if (noun === 'live') return change.live || change.servers;
  return false;
}
