import type { IncomingMessage } from 'node:http';
import { includesRole, type Role } from '../../shared/wire/access.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { credentialId } from '../storage/storage.ts';
import type { Authenticate } from './authenticate.ts';

/** Who asks: a token of one project with its role. */
export interface Caller {
  readonly project: string;
  readonly role: Role;
  /** Names the token in the log and the audit log; opens nothing. */
  readonly token: string;
  /** When the token stops to work, ms since epoch; null when it does not. */
  readonly expiresAt: number | null;
  /** What people call the token; its id where it has no name. */
  readonly name: string;
}

/** Tells who sent a request with `Authorization: Bearer <read token>`, when the token's role includes the needed one. */
export type Admit = (request: IncomingMessage, needed: Role) => Promise<Caller>;

/** @returns a check that answers 401 or 403 with the reason. */
export const createAdmit =
  (authenticate: Authenticate): Admit =>
  async (request, needed) => {
    const [, secret] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const credential = secret && (await authenticate('read', secret));
    if (!credential) throw new HttpProblem(401, 'unauthorized', reasonFor(secret), { 'www-authenticate': 'Bearer' });
    const role = credential.role ?? 'viewer';
    if (!includesRole(role, needed)) {
      throw new HttpProblem(403, 'forbidden', `This needs a token with the role "${needed}", and yours is "${role}".`);
    }
    const { project, hash, label, expiresAt } = credential;
    const token = credentialId(hash);
    return { project, role, token, name: label || token, expiresAt };
  };

const reasonFor = (token: string | undefined): string =>
  token
    ? 'This read token is not known here, was revoked or has expired. Make one with "traceflow-server keys add --read".'
    : 'This needs the header "Authorization: Bearer <read token>".';
