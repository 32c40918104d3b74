import { SessionKey } from '../../../shared/model/identity.ts';
import { sha256 } from '../../../shared/node/hashing.ts';

/** Local name of a session of a server: the same server, project and session always give the same. */
export const syncedSessionKey = (source: string, project: string, session: string): SessionKey =>
  SessionKey.parse(sha256(`${source}|${project}|${session}`).slice(0, 32));

/** Local name of a server: its sessions keep their keys when it is removed and added again. */
export const serverId = (url: string, project: string): string => sha256(`${url}|${project}`).slice(0, 12);
