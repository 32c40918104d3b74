import { z } from 'zod';

/** What the holder of a token may do in its project, least first; each may do all that the one before it may. */
export const Role = z.enum(['viewer', 'analyst', 'admin']);
export type Role = z.infer<typeof Role>;

/** Whether a role includes another one. */
export const includesRole = (held: Role, needed: Role): boolean =>
  Role.options.indexOf(held) >= Role.options.indexOf(needed);

/** One entry of the audit log: who did what to which project, never with a person's name or a secret in it. */
export const AuditEntry = z.object({
  /** Place in the log, from 1, over the whole server. */
  number: z.number().int().positive(),
  /** Ms since epoch; 0 in entries from before the log kept it. */
  at: z.number(),
  /** `command` for whoever has the server's folder, or the id of a token. */
  by: z.string(),
  what: z.string(),
  project: z.string().nullable(),
  /** The key, session or setting it is about. */
  about: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Answer of `GET /v1/audit`: the entries of the token's project, oldest first. */
export const AuditLog = z.object({
  entries: z.array(AuditEntry),
  /** False when an entry was changed, removed or moved since it was written. */
  intact: z.boolean(),
});
export type AuditLog = z.infer<typeof AuditLog>;
