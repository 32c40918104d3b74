export { readAudit } from './audit.ts';
export { type BackupReport, backUp, restore } from './backup.ts';
export { deadLetterBytes, deadLetters, retryLetters } from './dead-letters.ts';
export { initProject, type NewProject } from './init-project.ts';
export { type AddedKey, addKey, listKeys, listProjects, type NewKey, revokeKey } from './keys.ts';
export type { AdminDeps } from './open-admin.ts';
export {
  erase,
  exportTo,
  listHolds,
  scrubRulesOf,
  setHold,
  setRetention,
  setScrubRules,
  type Target,
} from './privacy.ts';
export { snippet } from './snippet.ts';
