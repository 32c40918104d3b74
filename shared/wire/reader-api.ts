import { z } from 'zod';
import { SessionId } from '../model/identity.ts';
import { AuditLog } from './access.ts';
import { ChangePage, PATHS, ProjectInfo } from './change.ts';
import { LiveList, MAX_WAIT_S } from './live.ts';
import { ErasureReport, HoldChange, HoldList, Retention, Subject } from './privacy.ts';
import { ServerSessionPage } from './server-session.ts';

/** One route of a server as those who hold a read token see it. */
export interface ReaderRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
}

const count = z.number().int().nonnegative();

/**
 * The routes that are open to read tokens, as far as they speak JSON, made of the schemas that the server checks and answers with. Its client is typed by this
 * table; a test holds it against the document a server gives out. Bytes (chunks, exports) have no schema, and are not in it.
 */
export const READER_API = {
  project: { method: 'GET', path: PATHS.project, answer: ProjectInfo },
  changes: {
    method: 'GET',
    path: PATHS.changes,
    query: z.object({
      after: count,
      limit: z.number().int().min(1).max(1000),
      /** Seconds to wait for a change when there is none. */
      wait: z.number().min(0).max(MAX_WAIT_S).optional(),
      /** Only changes of this session. */
      session: SessionId.optional(),
    }),
    answer: ChangePage,
  },
  live: { method: 'GET', path: PATHS.live, answer: LiveList },
  sessions: {
    method: 'GET',
    path: PATHS.sessions,
    query: z.object({ user: z.string().optional(), before: z.string().optional(), limit: count.optional() }),
    answer: ServerSessionPage,
  },
  audit: { method: 'GET', path: PATHS.audit, answer: AuditLog },
  erase: { method: 'POST', path: PATHS.erasures, body: Subject, answer: ErasureReport },
  holds: { method: 'GET', path: PATHS.holds, answer: HoldList },
  setHold: { method: 'POST', path: PATHS.holds, body: HoldChange, answer: HoldList },
  retention: { method: 'GET', path: PATHS.retention, answer: Retention },
  setRetention: { method: 'POST', path: PATHS.retention, body: Retention, answer: Retention },
} as const satisfies Readonly<Record<string, ReaderRoute>>;
export type ReaderApi = typeof READER_API;

/** What a route is asked with: its query and its body, where it has them. */
export type AskedWith<R extends ReaderRoute> = (R extends { readonly query: infer Q extends z.ZodType }
  ? { readonly query: z.input<Q> }
  : unknown) &
  (R extends { readonly body: infer B extends z.ZodType } ? { readonly body: z.input<B> } : unknown);
