import { createHash } from 'node:crypto';
import type { AuditEntry, AuditLog } from '../../../shared/wire/access.ts';
import { credentialId } from '../storage.ts';
import { type AccountEvent, parseAccountEvent } from './account-events.ts';

/** What an entry says of the one before it: the SHA-256 of its text, in hex. */
export const linkOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The accounts journal as an audit log. Each entry names the hash of the one before it, so that one cannot be changed, taken
 * out or moved without changing all that follow.
 * @param texts the entries as they lie in the journal, `damaged` whether some could not be read at all.
 */
export function auditLog(texts: readonly string[], damaged: boolean, project?: string): AuditLog {
  let intact = !damaged;
  let before: string | undefined;
  let isChained = false;
  const entries: AuditEntry[] = [];
  for (const [at, text] of texts.entries()) {
    const event = parseAccountEvent(text);
    // Entries from before there was a log are not chained; behind the first that is, all are.
    if (event.prev === undefined ? isChained : event.prev !== before) intact = false;
    isChained ||= event.prev !== undefined;
    before = linkOf(text);
    const entry = { number: at + 1, by: event.by ?? 'command', ...describe(event) };
    if (project === undefined || entry.project === project) entries.push(entry);
  }
  return { entries, intact };
}

function describe(event: AccountEvent): Pick<AuditEntry, 'at' | 'what' | 'project' | 'about'> {
  switch (event.kind) {
    case 'history':
      return { at: event.at ?? 0, what: 'history begun', project: null, about: event.id };
    case 'project':
      return { at: event.createdAt, what: 'project made', project: event.id, about: event.id };
    case 'credential': {
      const kind = event.opens === 'write' ? 'write key' : `${event.role ?? 'viewer'} token`;
      return { at: event.createdAt, what: `${kind} made`, project: event.project, about: idOf(event.hash) };
    }
    case 'hold':
      return {
        at: event.at,
        what: event.isOn ? 'hold placed' : 'hold lifted',
        project: event.project,
        about: event.session,
      };
    case 'retention':
      return { at: event.at, what: 'retention set', project: event.project, about: daysText(event.days) };
    case 'scrub':
      return { at: event.at, what: 'scrub rules set', project: event.project, about: event.rules ? 'rules' : 'none' };
    case 'deed':
      return { at: event.at, what: event.deed, project: event.project, about: `${event.sessions} sessions` };
    case 'revoked':
      return { at: event.at, what: 'revoked', project: event.project, about: idOf(event.hash) };
  }
}

const idOf = (hash: string): string => credentialId(Buffer.from(hash, 'hex'));
const daysText = (days: number | null): string => (days === null ? 'for ever' : `${days} days`);
