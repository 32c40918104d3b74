import type { IncomingHttpHeaders } from 'node:http';
import { SESSION_HEADER, traceIdOf } from '../../web/src/capture/headers.ts';

/** Which request of which recording is being answered, as the page's SDK says. */
export interface Link {
  readonly session: string;
  readonly page: { readonly generation: string; readonly request: string };
  readonly traceId: string | undefined;
}

const ID = '([A-Za-z0-9_-]{1,64})';
const SESSION = new RegExp(`^${ID}\\.${ID}\\.${ID}$`);

/** @returns undefined for a request of nobody who is recorded: of it nothing is recorded here either. */
export function linkOf(header: (name: string) => string | undefined): Link | undefined {
  const [, session, generation, request] = SESSION.exec(header(SESSION_HEADER) ?? '') ?? [];
  if (!session || !generation || !request) return undefined;
  return { session, page: { generation, request }, traceId: traceIdOf([['traceparent', header('traceparent') ?? '']]) };
}

/** Looks headers up as `node:http` has them. */
export const headerOf =
  (headers: IncomingHttpHeaders) =>
  (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : value?.[0];
  };
