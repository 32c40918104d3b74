import type { BACKEND, BackendPayloads } from '../../../shared/model/captured-backend.ts';

/** The plugin names of `BACKEND`, spelled again because the SDK takes no code from there; the type keeps both equal. */
export const PLUGIN: typeof BACKEND = {
  service: 'traceflow/backend-service@1',
  request: 'traceflow/backend-request@1',
  log: 'traceflow/backend-log@1',
  error: 'traceflow/backend-error@1',
  span: 'traceflow/backend-span@1',
};

/** Names of what is recorded. */
export type Kind = keyof BackendPayloads;

/** Records one event of a session, at a time of this process's clock (now when it is left out). */
export type Emit = <K extends Kind>(session: string, kind: K, payload: BackendPayloads[K], at?: number) => void;
