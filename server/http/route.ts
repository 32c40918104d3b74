import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Role } from '../../shared/wire/access.ts';
import type { Caller } from '../auth/bearer.ts';

/** One request with its answer; `rest` is what follows the route's path. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly rest: string;
}

interface Place {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** A path that ends in `/` takes everything below it. */
  readonly path: string;
}

/** A route without a token: open to anyone, or checking the write key itself. */
export interface OpenRoute extends Place {
  readonly access: 'anyone' | 'write key';
  /** Pages of any origin may use it: it answers a preflight, and its problems can be read. Its handler sends `ANY_ORIGIN`. */
  readonly anyOrigin?: boolean;
  handle(exchange: Exchange): Promise<void>;
}

/** A route for tokens of a role and above. Its handler is reached only by them, and knows nothing but the caller's project. */
export interface TokenRoute extends Place {
  readonly access: Role;
  readonly anyOrigin?: never;
  handle(exchange: Exchange, caller: Caller): Promise<void>;
}

/** One row of the routing table. There is none without a rule who may use it. */
export type Route = OpenRoute | TokenRoute;

/** Whether a route has to be opened by a token. */
export const needsToken = (route: Route): route is TokenRoute =>
  route.access !== 'anyone' && route.access !== 'write key';
