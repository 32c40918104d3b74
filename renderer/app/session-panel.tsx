import { lazy, Suspense } from 'react';
import type { SessionKey } from '../../shared/model/identity.ts';

const SessionView = lazy(async () => ({ default: (await import('../features/session/session-view.tsx')).SessionView }));

/** A session's panel. It is empty while the session is not among those whose replay stays loaded; it comes back where it was left. */
export const SessionPanel = ({ sessionKey, loaded }: { sessionKey: SessionKey; loaded: boolean }) =>
  loaded ? (
    <Suspense fallback={<div className="session-loading" aria-busy="true" />}>
      <SessionView sessionKey={sessionKey} />
    </Suspense>
  ) : null;
