import type { IncomingHttpHeaders } from 'node:http';

/** Which request of which recording is being answered, as the page's SDK says. */
export interface Link {
  readonly session: string;
  readonly page: { readonly generation: string; readonly request: string };
  readonly traceId: string | undefined;
}

/** The header of `@traceflow/web`: session, page load and request, divided by dots. */
const SESSION_HEADER = 'traceflow-session';
const ID = '([A-Za-z0-9_-]{1,64})';
const SESSION = new RegExp(`^${ID}\\.${ID}\\.${ID}$`);
/** W3C Trace Context, version 00. */
const TRACE = /^00-([0-9a-f]{32})-/;

/** @returns undefined for a request of nobody who is recorded: of it nothing is recorded here either. */
export function linkOf(header: (name: string) => string | undefined): Link | undefined {
  const [, session, generation, request] = SESSION.exec(header(SESSION_HEADER) ?? '') ?? [];
  if (!session || !generation || !request) return undefined;
  return { session, page: { generation, request }, traceId: TRACE.exec(header('traceparent') ?? '')?.[1] };
}

/** Looks headers up as `node:http` has them. */
export const headerOf =
  (headers: IncomingHttpHeaders) =>
  (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : value?.[0];
  };
