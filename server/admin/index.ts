export { addKey, listProjects, type NewKey } from './add-key.ts';
export { initProject, type NewProject } from './init-project.ts';
export type { AdminDeps } from './open-admin.ts';
export { snippet } from './snippet.ts';
